import Foundation
import LMSCore
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCommands

/// The program in process: streams, clock, formats.
@Suite struct ProgramTests {
    private let folder: TemporaryFolder
    private let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        environment = ["HOME": folder.path]
    }

    private func run(_ arguments: String..., input: String = "", extra: [String: String] = [:]) async throws
        -> ProgramRun
    {
        try await ProgramRun(
            arguments: arguments, input: Array(input.utf8), environment: environment.merging(extra) { $1 })
    }

    @Test func `the clock is the one that it is given`() async throws {
        defer { folder.remove() }
        #expect(
            try await run(
                "register", "ani", "--role", "teacher", "--password-stdin", "--login",
                input: "read every day\n"
            ).status == 0)
        let whoami = try await run("whoami")
        #expect(whoami.output.hasSuffix("\t2026-12-23T12:00:00Z\tfalse\t\n"), "\(whoami)")
        let course = try await run("course", "create", "Biology", "--json")
        #expect(course.output.contains("\"release_date\":\"2026-11-23\""))
        let later = try await ProgramRun(
            arguments: ["whoami"], environment: environment,
            now: Instant(seconds: ProgramRun.noon + 31 * 86_400))
        #expect(later.status == 78)
    }

    @Test func `results go to output and everything else to messages`() async throws {
        defer { folder.remove() }
        let made = try await run(
            "register", "ani", "--role", "teacher", "--password-stdin", "--dry-run",
            input: "read every day")
        #expect(made.output == "\tani\tteacher\n")
        #expect(made.messages == "Dry run: nothing was changed.\n")
        let failed = try await run("user", "list", "--json")
        #expect(failed.output == "")
        #expect(
            failed.messages.hasPrefix(#"{"error":{"code":"not_found","message":"there is no database at "#))
        #expect(failed.status == 66)
    }

    @Test func `a list comes in every format`() async throws {
        defer { folder.remove() }
        _ = try await run("db", "init")
        #expect(try await run("user", "list", "--format", "csv").output == "id,username,role,state,name,number\n")
        #expect(try await run("user", "list", "--json").output == "[]\n")
        #expect(try await run("user", "list", "-q").output == "")
        let table = try await run("user", "list", "--format", "table")
        #expect(table.output == "" && table.messages == "")
        _ = try await run("register", "ani", "--role", "teacher", "--password-stdin", input: "read every day")
        #expect(
            try await run("user", "list", "--format", "csv").output
                == "id,username,role,state,name,number\n1,ani,teacher,active,,\n")
        #expect(
            try await run("user", "list", "--format", "table").output
                == "ID  USERNAME  ROLE     STATE   NAME  NUMBER\n1   ani       teacher  active\n")
        #expect(try await run("user", "list").output == "1\tani\tteacher\tactive\t\t\n")
        #expect(try await run("user", "list", "-q").output == "ani\n")
    }

    @Test func `there is no color without a terminal`() throws {
        let invocation = Invocation(
            environment: Environment(["NO_COLOR": "1"]), streams: .standard, clock: { Instant(seconds: 0) })
        #expect(!Console(invocation, wantsColor: true).hasColor)
        let plain = Invocation(
            environment: Environment([:]), streams: .standard, clock: { Instant(seconds: 0) })
        #expect(Console(plain, wantsColor: true).hasColor)
        #expect(!Console(plain, wantsColor: false).hasColor)
        let dumb = Invocation(
            environment: Environment(["TERM": "dumb", "NO_COLOR": ""]), streams: .standard,
            clock: { Instant(seconds: 0) })
        #expect(!Console(dumb, wantsColor: true).hasColor)
    }
}
