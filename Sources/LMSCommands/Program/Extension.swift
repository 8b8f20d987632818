internal import Glibc
internal import LMSCore
internal import LMSDatabase
internal import SystemPackage

/// Commands that others add: `lms NAME` runs `lms-NAME` from PATH, as git does.
enum Extension {
    /// Replaces this process with the extension that the first word names; returns where there is none.
    ///
    /// None replaces a command of our own: this is asked only where there is no such command.
    ///
    /// - Throws: `LMSError` `io` where it is there and cannot be started.
    static func runIfNamed(by arguments: [String]) throws {
        guard let name = arguments.first, !name.hasPrefix("-"),
            let program = find(name, in: Invocation.current.environment)
        else { return }
        var pointers = ([program] + arguments.dropFirst()).map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        execv(program, pointers)
        throw LMSError(.io, "\(program) cannot be started", .last)
    }

    private static func find(_ name: String, in environment: Environment) -> String? {
        guard !name.contains("/"), let path = environment["PATH"] else { return nil }
        return path.split(separator: ":").lazy
            .filter { $0.hasPrefix("/") }
            .map { "\($0)/lms-\(name)" }
            .first { access($0, X_OK) == 0 }
    }
}
