internal import Foundation
package import LMSCore

/// What one run of the program gets from outside. Nothing else reads the environment, the clock or the
/// standard streams.
package struct Invocation: Sendable {
    package let environment: Environment
    package let streams: Streams
    package let clock: Clock
    /// Whether the process ends with the command: its connection is then left to the kernel, which is
    /// faster than closing it, and as safe as a crash.
    let endsTheProcess: Bool

    package init(
        environment: Environment, streams: Streams, clock: @escaping Clock, endsTheProcess: Bool = false
    ) {
        self.environment = environment
        self.streams = streams
        self.clock = clock
        self.endsTheProcess = endsTheProcess
    }

    /// The process's own.
    package static let live = Invocation(
        environment: .live, streams: .standard,
        clock: { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
        endsTheProcess: true)

    @TaskLocal package static var current = Invocation.live
}

/// Environment variables. One that is empty counts as not set.
package struct Environment: Sendable {
    private let look: @Sendable (String) -> String?

    package init(_ values: [String: String]) {
        look = { values[$0] }
    }

    private init(look: @escaping @Sendable (String) -> String?) {
        self.look = look
    }

    static let live = Environment { name in getenv(name).map { String(cString: $0) } }

    subscript(name: String) -> String? {
        guard let value = look(name), !value.isEmpty else { return nil }
        return value
    }

    /// Whether a variable is set, though to nothing.
    func isEmpty(_ name: String) -> Bool { look(name)?.isEmpty == true }

    /// Whether a variable says yes.
    func isSet(_ name: String) -> Bool {
        ["1", "true", "yes"].contains(self[name]?.withoutWrapping.lowercased())
    }

    /// Where the user's own files are.
    ///
    /// - Throws: `LMSError` `io` where `HOME` says nothing.
    func home() throws -> String {
        guard let home = self["HOME"], home.hasPrefix("/") else {
            throw LMSError(
                .io, "HOME names no folder, so there is no place for the session file and the database",
                hint: "Set HOME, or LMS_SESSION_FILE and --db.")
        }
        return home
    }
}

/// The descriptors for input, output and messages.
package struct Streams: Sendable {
    package let input: Int32
    package let output: Int32
    package let error: Int32

    package init(input: Int32, output: Int32, error: Int32) {
        self.input = input
        self.output = output
        self.error = error
    }

    package static let standard = Streams(input: 0, output: 1, error: 2)

    /// Fills standard descriptors that the parent closed, so that a database cannot be opened under
    /// their numbers. Each is opened the wrong way round: using it still fails.
    static func reserveStandardDescriptors() {
        for (descriptor, flags) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", flags)
        }
    }
}
