import Foundation
import LMSCore
import LMSTestSupport
import Testing

@testable import LMSCommands

/// Variables and paths with what editors, shells and CI systems leave in them.
@Suite struct EnvironmentValueTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(
        _ arguments: String..., input: String = "", with variables: [String: String] = [:]
    ) async throws -> ProgramRun {
        try await ProgramRun(
            arguments: arguments, input: Array(input.utf8),
            environment: ["HOME": folder.path].merging(variables) { $1 })
    }

    /// A teacher with a database, and her token.
    private func token() async throws -> String {
        _ = try await run(
            "register", "ani", "--role", "teacher", "--password-stdin", input: "read every day\n")
        return try await run("login", "ani", "--password-stdin", "--print-token", input: "read every day\n")
            .output.trimmingCharacters(in: .newlines)
    }

    @Test func `a token loses what is around it`() async throws {
        defer { folder.remove() }
        let token = try await token()
        for text in [
            "\(token)\n", "\(token)\r\n", "  \(token)\t", "\"\(token)\"", "'\(token)'\r", "\u{feff}\(token)",
            "\(token)\u{200b}", "\" \(token) \"",
        ] {
            let whoami = try await run("whoami", "-q", with: ["LMS_TOKEN": text])
            #expect(whoami.output == "ani\n", "\(text.debugDescription): \(whoami)")
        }
    }

    @Test(
        arguments: [
            (" ", "there are only blanks in it"), ("$LMS_TOKEN", "the variable in it was not filled in"),
            ("Bearer lms_x", "leave out 'Bearer'"), ("17", "this is the number of one"),
            ("ghp_x", "it does not begin with 'lms_'"), ("lms_x", "it has 5 of 47 characters"),
            ("lms_" + String(repeating: "x", count: 44), "it has 48 characters, and a token has 47"),
            (
                "lms_" + String(repeating: "x", count: 42) + "%",
                "there is a character in it that no token has"
            ),
            ("lms_x\nlms_y", "there is a blank or a new line in it"),
        ])
    func `what is no token is told without showing it`(_ text: String, _ reason: String) async throws {
        defer { folder.remove() }
        _ = try await token()
        let whoami = try await run("whoami", with: ["LMS_TOKEN": text])
        #expect(whoami.status == 78)
        #expect(
            whoami.messages.hasPrefix("lms: LMS_TOKEN does not hold a token of lms: \(reason)"), "\(whoami)")
        #expect(whoami.messages.contains("A token is 'lms_' and 43 more"))
        if text.count > 10 { #expect(!whoami.messages.contains(text)) }
    }

    @Test func `a token for a target that is only remembered names it`() async throws {
        defer { folder.remove() }
        let path = folder.path("a.db")
        let register = ["register", "ani", "--role", "teacher", "--password-stdin", "--login", "--db", path]
        let environment = ["HOME": folder.path]
        _ = try await ProgramRun(
            arguments: register, input: Array("read every day\n".utf8), environment: environment)
        let whoami = try await run("whoami", with: ["LMS_TOKEN": "lms_x"])
        #expect(whoami.status == 78)
        #expect(whoami.messages.contains("--db \(path)"), "\(whoami)")
    }

    @Test func `servers are trimmed or told`() throws {
        defer { folder.remove() }
        func server(_ text: String) throws -> String? {
            try Environment(["LMS_SERVER": text]).server()?.description
        }
        #expect(try server("https://lms.school.id\r") == "https://lms.school.id")
        #expect(try server(" \"https://lms.school.id/\"\n") == "https://lms.school.id")
        for (text, hint) in [
            ("lms.school.id", "https://lms.school.id"), ("127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("/srv/lms.db", "--db"), ("postgres://db/lms", "--db"),
        ] {
            let error = #expect(throws: LMSError.self) { try server(text) }
            #expect(error?.code == .usage)
            #expect(error?.message.hasPrefix("LMS_SERVER: ") == true)
            #expect(error?.hint?.contains(hint) == true, "\(text): \(error?.hint ?? "")")
        }
        #expect(Environment(["LMS_INSECURE_HTTP": "1\r"]).isSet("LMS_INSECURE_HTTP"))
    }

    @Test func `a server in the place of a database is told`() async throws {
        defer { folder.remove() }
        for variables in [["LMS_DB": "https://lms.school.id"], [:]] {
            let flags = variables.isEmpty ? ["--db", "https://lms.school.id"] : []
            let run = try await ProgramRun(
                arguments: ["course", "list"] + flags,
                environment: ["HOME": folder.path].merging(variables) { $1 })
            #expect(run.status == 64)
            #expect(run.messages.contains("is the address of a server, not a database"), "\(run)")
            #expect(run.messages.contains("--server or LMS_SERVER"))
        }
        let use = try await run("target", "use", "lms.school.id")
        #expect(use.status == 66 && use.messages.contains("https://lms.school.id"), "\(use)")
    }

    @Test func `a path of Windows in a course file is told`() async throws {
        defer { folder.remove() }
        _ = try await run(
            "register", "ani", "--role", "teacher", "--password-stdin", "--login", input: "read every day\n")
        try folder.write(
            Array("course: A-1\ntitle: A\ndescription_file: texts\\air.md\n".utf8), to: "course.yaml")
        let apply = try await run("apply", folder.path("course.yaml"))
        #expect(apply.status == 65)
        #expect(apply.messages.contains("course.yaml:3:19: "))
        #expect(apply.messages.contains("write / between folders"))
    }

    static let slips = [
        ("DIR/x.db\r", "nobody sees"), ("\u{feff}DIR/x.db", "nobody sees"), ("~/x.db", "begins with ~"),
        ("~ani/x.db", "begins with ~"), ("$HOME/x.db", "begins with $"), ("\"DIR/x.db\"", "quotes around it"),
        ("'DIR/x.db'", "quotes around it"), ("DIR/x.db ", "a blank"), ("C:\\school\\x.db", "of Windows"),
    ]

    @Test(arguments: slips)
    func `no database is made under a name that nobody meant`(_ path: String, _ words: String) async throws {
        defer { folder.remove() }
        let path = path.replacing("DIR", with: folder.path)
        for arguments in [
            ["register", "ani", "--role", "teacher", "--password-stdin"], ["db", "init"], ["course", "list"],
            ["db", "init", "--dry-run"], ["login", "ani", "--password-stdin"],
        ] {
            let run = try await ProgramRun(
                arguments: arguments, input: Array("read every day\n".utf8),
                environment: ["HOME": folder.path, "LMS_DB": path])
            #expect(run.status == 64, "\(arguments): \(run)")
            #expect(run.messages.hasPrefix("lms: LMS_DB: the path '"))
            #expect(run.messages.contains(words))
        }
        let flag = try await run("db", "init", "--db", path)
        #expect(flag.status == 64 && flag.messages.hasPrefix("lms: the path '"))
        let session = try await run("target", "list", with: ["LMS_SESSION_FILE": path])
        #expect(session.status == 64 && session.messages.hasPrefix("lms: LMS_SESSION_FILE: "), "\(session)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func `what is there under such a name is used`() async throws {
        defer { folder.remove() }
        _ = try await run("db", "init", "--db", folder.path("plain.db"))
        for name in ["x.db\r", "x.db ", "'x.db'"] {
            try FileManager.default.copyItem(atPath: folder.path("plain.db"), toPath: folder.path(name))
            #expect(try await run("user", "list", with: ["LMS_DB": folder.path(name)]).status == 0)
        }
    }

    @Test func `the wrong database is told before the missing session`() async throws {
        defer { folder.remove() }
        try FileManager.default.createDirectory(
            atPath: folder.path("school"), withIntermediateDirectories: false)
        _ = try await run("db", "init", "--db", folder.path("school/lms.db"))
        try folder.write(Array("some notes".utf8), to: "text.db")
        let list = ["course", "list"]
        func listing(_ path: String) async throws -> ProgramRun {
            try await ProgramRun(
                arguments: list, environment: ["HOME": folder.path, "LMS_DB": folder.path(path)])
        }
        let missing = try await listing("none.db")
        #expect(missing.status == 78)
        #expect(missing.messages.hasPrefix("lms: there is no database at \(folder.path("none.db"))"))
        #expect(missing.messages.contains("not signed in"))
        let slip = try await listing("shcool/lms.db")
        #expect(slip.status == 78)
        #expect(slip.messages.contains("there is no folder \(folder.path("shcool"))"))
        #expect(slip.messages.contains("Is \(folder.path("school/lms.db")) meant?"))
        let isFolder = try await listing("school")
        #expect(isFolder.status == 74 && isFolder.messages.contains("is a folder"))
        let text = try await listing("text.db")
        #expect(text.status == 74 && text.messages.contains("is not a database of lms"))
        let other = try await listing("school/lms.db")
        #expect(other.status == 78 && other.messages.hasPrefix("lms: you are not signed in\n"))
        // The default file, which nobody named.
        let fresh = try await run("course", "list")
        #expect(fresh.status == 78)
        #expect(fresh.messages.contains("\(folder.path)/.local/share/lms/lms.db"))
        #expect(fresh.messages.contains("lms register"))
    }
}
