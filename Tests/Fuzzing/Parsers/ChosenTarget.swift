import Foundation

/// The parser that LMS_FUZZ_TARGET names.
private let chosenTarget: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["LMS_FUZZ_TARGET"] ?? ""
    guard let target = fuzzTargets[name] else {
        FileHandle.standardError.write(Data("LMS_FUZZ_TARGET is one of: \(fuzzTargets.keys.sorted())\n".utf8))
        exit(64)
    }
    return target
}()

/// What libFuzzer calls with each input; by this name its own `main` knows it.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    chosenTarget(Array(UnsafeBufferPointer(start: start, count: size)))
    return 0
}
