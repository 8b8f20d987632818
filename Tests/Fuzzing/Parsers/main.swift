import Foundation

// A program that libFuzzer drives: LMS_FUZZ_TARGET names the parser, and arguments are libFuzzer's own.
// Source: https://llvm.org/docs/LibFuzzer.html

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

// Set once, before the fuzzer begins.
nonisolated(unsafe) private var target: FuzzTarget = { _ in }

let name = ProcessInfo.processInfo.environment["LMS_FUZZ_TARGET"] ?? ""
guard let chosen = fuzzTargets[name] else {
    FileHandle.standardError.write(Data("LMS_FUZZ_TARGET is one of: \(fuzzTargets.keys.sorted())\n".utf8))
    exit(64)
}
target = chosen
var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
    runFuzzer(&count, &arguments) { start, size in
        target(Array(UnsafeBufferPointer(start: start, count: size)))
        return 0
    })
