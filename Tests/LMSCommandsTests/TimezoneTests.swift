import Foundation
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCommands

/// Zones as commands find them: the school's, and the reader's.
@Suite struct TimezoneTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("zones/Asia"), withIntermediateDirectories: true)
        try write(ZoneFileBytes.make(rule: "WIB-7"), to: "zones/Asia/Jakarta")
    }

    private func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path(name)))
    }

    private func environment(_ more: [String: String]) -> [String: String] {
        ["LMS_DB": folder.path("lms.db"), "LMS_SESSION_FILE": folder.path("session"), "TZDIR": folder.path("zones")]
            .merging(more) { $1 }
    }

    @discardableResult
    private func run(_ arguments: String..., with more: [String: String] = [:]) async throws -> ProgramRun {
        try await ProgramRun(
            arguments: arguments, input: Array("read every day".utf8), environment: environment(more))
    }

    @Test func `the operator names a zone of the machine, or says an offset`() async throws {
        defer { folder.remove() }
        try await run("db", "init")
        #expect(try await run("db", "timezone").output == "UTC\n")
        #expect(
            try await run("db", "timezone", "Asia/Jakarta", "--json").output
                == "{\"timezone\":\"Asia/Jakarta\",\"outcome\":\"updated\"}\n")
        // Its bytes are in the database.
        #expect(try await run("db", "timezone", with: ["TZDIR": "/nowhere"]).output == "Asia/Jakarta\n")
        #expect(try await run("db", "timezone", "+05:45", with: ["TZDIR": "/nowhere"]).output == "+05:45\n")
        #expect(try await run("db", "timezone", "--", "-03:00").output == "-03:00\n")
        #expect(try await run("db", "timezone", "UTC", with: ["TZDIR": "/nowhere"]).output == "UTC\n")
    }

    @Test func `a bad zone is refused, and a name never leads out of the folder`() async throws {
        defer { folder.remove() }
        try await run("db", "init")
        try write(ZoneFileBytes.make(rule: "WIB-7"), to: "Outside")
        try write(Array("no zone".utf8), to: "zones/Text")
        try write([UInt8](repeating: 0, count: 70_000), to: "zones/Large")
        mkfifo(folder.path("zones/Pipe"), 0o600)
        for name in [
            "Asia/Bandung", "Asia", "Text", "Large", "Pipe", "../Outside", "Asia/../../Outside", folder.path("Outside"), "jakarta",
        ] {
            let refused = try await run("db", "timezone", name)
            #expect(refused.status == 65, "\(name): \(refused)")
        }
        let none = try await run("db", "timezone", "Asia/Jakarta", with: ["TZDIR": "/nowhere"])
        #expect(none.status == 66 && none.messages.contains("lms db timezone +07:00"), "\(none)")
        #expect(try await run("db", "timezone").output == "UTC\n")
    }

    @Test(
        arguments: [
            ("Asia/Jakarta", "2026-11-23 19:00"), (":Asia/Jakarta", "2026-11-23 19:00"), ("WITA-8", "2026-11-23 20:00"),
            ("", "2026-11-23 12:00"), ("Asia/Bandung", "2026-11-23T12:00:00Z"), ("../zones/Asia/Jakarta", "2026-11-23T12:00:00Z"),
        ])
    func `tables on a terminal show instants on the reader's clocks`(zone: String, shown: String) async throws {
        defer { folder.remove() }
        try await run("register", "ani", "--role", "teacher", "--login", "--password-stdin")
        try await run("course", "create", "Biology")
        for command in [["log"], ["whoami"]] {
            let expected = command == ["log"] ? shown : shown.replacing("11-23", with: "12-23")
            let table = try await TerminalRun(arguments: command, environment: environment(["TZ": zone]))
            #expect(table.screen.contains(expected), "\(table)")
            let machine = expected.contains("12-23") ? "2026-12-23T12:00:00Z" : "2026-11-23T12:00:00Z"
            for format in ["tsv", "csv", "json"] {
                let text = try await TerminalRun(arguments: command + ["--format", format], environment: environment(["TZ": zone]))
                #expect(text.screen.contains(machine), "\(text)")
            }
            let piped = try await ProgramRun(arguments: command + ["--format", "table"], environment: environment(["TZ": zone]))
            #expect(piped.output.contains(machine), "\(piped)")
        }
    }
}
