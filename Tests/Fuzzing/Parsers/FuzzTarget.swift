import Foundation
import LMSCore

/// What is done with an input. It ends the process where a promise is broken.
typealias FuzzTarget = @Sendable (_ input: [UInt8]) -> Void

/// The parsers of bytes that come from outside.
let fuzzTargets: [String: FuzzTarget] = [
    "apply": fuzzApply, "csv": fuzzCSV, "dotfile": fuzzDotfile, "http": fuzzHTTP, "import": fuzzImport,
    "json": fuzzJSON, "material": fuzzMaterial, "roster": fuzzRoster, "scalars": fuzzScalars,
    "search": fuzzSearch, "yaml": fuzzYAML, "zone": fuzzZone,
]

/// Stops with what is wrong, which libFuzzer reports with the input.
func require(_ condition: Bool, _ problem: @autoclosure () -> String) {
    guard !condition else { return }
    FileHandle.standardError.write(Data("BROKEN PROMISE: \(problem())\n".utf8))
    abort()
}

/// Runs a use case, which may refuse, and may not fail.
func requireNoMistake(_ body: @escaping @Sendable () async throws -> Void) {
    let done = DispatchSemaphore(value: 0)
    Task.detached {
        do {
            try await body()
        } catch let error as LMSError {
            require(error.code != .internal, "\(error)")
        } catch let error as any Refusal {
            _ = error
        } catch {
            require(false, "\(type(of: error)): \(error)")
        }
        done.signal()
    }
    done.wait()
}

/// What a parser throws besides `LMSError`.
protocol Refusal: Error {}

extension [UInt8] {
    /// As text, where it is one.
    var text: String? { String(validating: self, as: UTF8.self) }

    /// The parts between bytes that no text has.
    var parts: [ArraySlice<UInt8>] { split(separator: 0xff, omittingEmptySubsequences: false) }
}
