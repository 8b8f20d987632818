import Foundation
import LMSCore
import LMSTestSupport
import Testing

@testable import LMSCommands

/// Passwords from standard input, as editors of every system write them into files.
@Suite struct PasswordInputTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String..., input: String) async throws -> ProgramRun {
        try await ProgramRun(
            arguments: arguments + ["--password-stdin"], input: Array(input.utf8),
            environment: ["HOME": folder.path])
    }

    private func register(_ input: String) async throws -> ProgramRun {
        try await run("register", "ani", "--role", "teacher", input: input)
    }

    private func login(_ input: String) async throws -> ProgramRun {
        try await run("login", "ani", input: input)
    }

    @Test(arguments: ["read every day", "read every day\n", "read every day\r\n"])
    func `one final newline is no part of a password`(_ input: String) async throws {
        defer { folder.remove() }
        #expect(try await register(input).messages == "")
        for other in ["read every day", "read every day\n", "read every day\r\n"] {
            #expect(try await login(other).status == 0)
        }
    }

    @Test(arguments: ["\r", "\n\n", "\r\n\n", " \n", "\n\r"])
    func `nothing else is taken off a password`(_ end: String) async throws {
        defer { folder.remove() }
        _ = try await register("read every day\n")
        #expect(try await login("read every day" + end).status == 77)
        #expect(try await login("read every day\n").status == 0)
    }

    @Test func `who registered with the return gets in`() async throws {
        defer { folder.remove() }
        // What lms 0.1.0 made of a file with one CR LF: a second return takes the place of the one that is stripped.
        let made = try await register("read every day\r\r\n")
        #expect(made.status == 0)
        #expect(made.messages == "The password ends in a line break: it is part of it.\n")
        let signedIn = try await login("read every day\r\n")
        #expect(signedIn.status == 0)
        #expect(signedIn.messages.contains("ends in a carriage return"))
        #expect(signedIn.messages.contains("lms passwd"))
        // Both wrong is told as one.
        let wrong = try await login("read every night\r\n")
        #expect(wrong.status == 77)
        #expect(!wrong.messages.contains("carriage return"))
        let changed = try await run("passwd", input: "read every day\r\nread every night\r\n")
        #expect(changed.status == 0, "\(changed)")
        #expect(try await login("read every night\n").status == 0)
    }

    @Test func `two lines lose their ends`() async throws {
        defer { folder.remove() }
        _ = try await register("read every day\n")
        _ = try await login("read every day\n")
        #expect(try await run("passwd", input: "read every day\r\nread every night\r\n").status == 0)
        #expect(try await run("passwd", input: "read every night\nread every week").status == 0)
        #expect(try await login("read every week").status == 0)
        #expect(try await run("passwd", input: "read every week\n").status == 65)
    }

    @Test func `a new password with a byte order mark is refused`() async throws {
        defer { folder.remove() }
        let refused = try await register("\u{feff}read every day\r\n")
        #expect(refused.status == 65)
        #expect(refused.messages.contains("byte order mark"))
        #expect(
            try await register("read every day\u{a0}\n").messages
                == "The password ends in a blank: it is part of it.\n")
    }
}
