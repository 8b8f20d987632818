import Foundation
import LMSCore
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCommands

/// What a person at a terminal is told and asked beside the result, and a script is not.
@Suite(.serialized) struct TerminalNoteTests {
    private let folder: TemporaryFolder
    private let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        environment = ["HOME": folder.path]
    }

    @discardableResult
    private func run(_ arguments: String..., as who: String = "ani", input: String = "") async throws
        -> ProgramRun
    {
        try await ProgramRun(
            arguments: arguments, input: Array(input.utf8), environment: sessions(of: who))
    }

    private func atTerminal(
        _ arguments: String..., as who: String = "ani", answers: [(question: String, answer: String)] = []
    ) async throws -> TerminalRun {
        try await TerminalRun(arguments: arguments, answers: answers, environment: sessions(of: who))
    }

    private func sessions(of who: String) -> [String: String] {
        environment.merging(["LMS_SESSION_FILE": folder.path("session-\(who)")]) { $1 }
    }

    private func register(_ name: String, _ role: String) async throws {
        let made = try await run(
            "register", name, "--role", role, "--login", "--password-stdin", as: name, input: "read every day"
        )
        try #require(made.status == 0, "\(made)")
    }

    @Test func `registering says the rule first and how to sign in afterwards`() async throws {
        defer { folder.remove() }
        let made = try await atTerminal(
            "register", "ani", "--role", "teacher", "--db", folder.path("school.db"),
            answers: [("Password for ani: ", "read every day"), ("The same again: ", "read every day")])
        #expect(made.status == 0, "\(made)")
        #expect(made.screen.hasPrefix("A password has at least 8 characters.\nPassword for ani: "), "\(made)")
        #expect(
            made.screen.hasSuffix("\nSign in with: lms login ani --db \(folder.path)/school.db\n"), "\(made)")
        let silent = try await run(
            "register", "dewi", "--role", "teacher", "--password-stdin", input: "read every day")
        #expect(silent.messages == "", "\(silent)")
    }

    @Test func `a password that breaks the rule is not asked for twice`() async throws {
        defer { folder.remove() }
        let refused = try await atTerminal(
            "register", "ani", "--role", "teacher", answers: [("Password for ani: ", "short")])
        #expect(refused.status == 65)
        #expect(
            refused.screen.contains("too short") && !refused.screen.contains("The same again"), "\(refused)")
    }

    @Test func `the role is asked for until it is one`() async throws {
        defer { folder.remove() }
        let made = try await atTerminal(
            "register", "ani",
            answers: [
                ("Teacher or student? ", "head"),
                ("Answer teacher or student.\nTeacher or student? ", "guru"),
                ("Password for ani: ", "read every day"), ("The same again: ", "read every day"),
            ])
        #expect(made.status == 0 && made.screen.contains("teacher"), "\(made)")
    }

    @Test func `a student who makes a database hears of servers`() async throws {
        defer { folder.remove() }
        let made = try await atTerminal(
            "register", "siti", "--role", "student",
            answers: [("Password for siti: ", "read every day"), ("The same again: ", "read every day")])
        #expect(made.screen.contains("this makes an empty one.\nIf your school has a server"), "\(made)")
        #expect(made.screen.contains("--server URL\n"))
        let other = try await atTerminal(
            "register", "budi", "--role", "student",
            answers: [("Password for budi: ", "read every day"), ("The same again: ", "read every day")])
        #expect(other.status == 0 && !other.screen.contains("--server"), "\(other)")
    }

    @Test func `who has nothing yet hears of servers`() async throws {
        defer { folder.remove() }
        let refused = try await run("course", "list")
        #expect(refused.status == 78)
        #expect(refused.messages.contains("\nBegin with: lms register USERNAME --role teacher."))
        #expect(
            refused.messages.hasSuffix(
                "\nIf your school has a server, ask for its address: lms login USERNAME --server URL\n"))
    }

    @Test func `a request to join waits for the teacher`() async throws {
        defer { folder.remove() }
        try await register("ani", "teacher")
        try await register("siti", "student")
        try await run("course", "create", "Biology", "--code", "bio", "--enrollment", "approval")
        let asked = try await atTerminal("course", "join", "bio", as: "siti")
        #expect(asked.screen.contains("\nIts teacher must approve first."), "\(asked)")
        #expect(try await run("course", "join", "bio", as: "siti").messages == "")
        let back = try await atTerminal(
            "course", "leave", "bio", as: "siti", answers: [("[y/N] ", "y")])
        #expect(back.screen.hasSuffix("\nYour request to join 'Biology' was taken back.\n"), "\(back)")
        try await run("course", "edit", "bio", "--enrollment", "open")
        #expect(try await !atTerminal("course", "join", "bio", as: "siti").screen.contains("approve"))
        let left = try await atTerminal("course", "leave", "bio", "--yes", as: "siti")
        #expect(left.screen.hasSuffix("\nYou have left 'Biology'.\n"), "\(left)")
    }

    @Test func `signing out is said`() async throws {
        defer { folder.remove() }
        try await register("ani", "teacher")
        #expect(try await atTerminal("logout").screen.hasSuffix("\nSigned out.\n"))
        _ = try await run("login", "ani", "--password-stdin", input: "read every day")
        let quiet = try await atTerminal("logout", "-q")
        #expect(!quiet.screen.contains("Signed out"), "\(quiet)")
    }

    @Test func `nobody to reject is said as nobody to approve`() async throws {
        defer { folder.remove() }
        try await register("ani", "teacher")
        try await run("course", "create", "Biology", "--code", "bio")
        for command in ["approve", "reject"] {
            let nobody = try await atTerminal("roster", command, "bio", "--all")
            #expect(
                nobody.status == 0 && nobody.screen == "Nobody asks to join the course 'bio'.\n", "\(nobody)")
        }
    }

    @Test func `enabling who is not disabled names the password`() async throws {
        defer { folder.remove() }
        try await register("siti", "student")
        let same = try await atTerminal("user", "enable", "siti")
        #expect(same.status == 0 && same.screen.contains("unchanged"), "\(same)")
        #expect(same.screen.hasSuffix("given with: lms user set-password siti\n"), "\(same)")
    }

    @Test func `forgetting acts is asked before`() async throws {
        defer { folder.remove() }
        try await register("ani", "teacher")
        try await run("course", "create", "Biology")
        let later = Instant(seconds: ProgramRun.noon + 10 * 86_400)
        func retention(_ lifetime: String, answers: [(String, String)] = []) async throws -> TerminalRun {
            try await TerminalRun(
                arguments: ["db", "retention", lifetime, "--format", "tsv"], answers: answers,
                environment: sessions(of: "ani"), now: later)
        }
        let no = try await retention("2d", answers: [("[y/N] ", "n")])
        #expect(no.status == 0 && no.screen.contains("Forget 2 acts of the log, for good? [y/N]"), "\(no)")
        #expect(no.screen.hasSuffix("Nothing was changed.\n"))
        #expect(try await run("db", "retention").output == "365d\t0\t30d\n")
        // Nothing goes, so nothing is asked.
        #expect(try await retention("300d").screen == "300d\t0\t30d\n")
        let yes = try await retention("2d", answers: [("[y/N] ", "y")])
        #expect(yes.screen.hasSuffix("2d\t2\t30d\n"), "\(yes)")
    }

    @Test func `a restore looks before it asks`() async throws {
        defer { folder.remove() }
        try await register("ani", "teacher")
        let backup = folder.path("monday.db")
        #expect(try await run("db", "backup", backup).status == 0)
        try await run("course", "create", "Biology")
        try folder.write(Array("no database".utf8), to: "damaged.db")
        let damaged = try await atTerminal("db", "restore", folder.path("damaged.db"))
        #expect(damaged.status == 74 && !damaged.screen.contains("[y/N]"), "\(damaged)")
        let no = try await atTerminal("db", "restore", backup, answers: [("[y/N] ", "n")])
        #expect(
            no.screen.contains("1 user and 1 course, by the backup's 1 user and 0 courses? [y/N]"), "\(no)")
        #expect(try await run("course", "list", "-q").output == "1\n")
        let new = try await atTerminal(
            "db", "restore", backup, "--db", folder.path("new.db"), answers: [("[y/N] ", "y")])
        #expect(new.screen.contains("from the backup, with 1 user and 0 courses? [y/N]"), "\(new)")
        #expect(try await run("user", "list", "-q", "--db", folder.path("new.db")).output == "ani\n")
    }

    @Test func `help is as wide as the terminal`() async throws {
        defer { folder.remove() }
        for words in [["help"], ["help", "target", "list"], ["course", "create", "--help"], ["help", "options"]] {
            let narrow = try await TerminalRun(
                arguments: words, environment: environment, size: (columns: 60, rows: 24))
            let lines = narrow.screen.split(separator: "\n")
            #expect(lines.count > 5 && lines.allSatisfy { $0.count <= 60 }, "\(narrow.screen)")
            let wide = try await TerminalRun(
                arguments: words, environment: environment, size: (columns: 200, rows: 24))
            #expect(wide.screen == (try await ProgramRun(arguments: words, environment: environment)).output)
        }
    }
}
