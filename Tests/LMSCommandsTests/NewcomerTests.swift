import Foundation
import LMSTestSupport
import Testing

@testable import LMSCommands

/// What stops a newcomer, and what the program says then.
@Suite struct NewcomerTests {
    private let folder: TemporaryFolder
    private let environment: [String: String]

    init() async throws {
        folder = try TemporaryFolder()
        environment = ["HOME": folder.path]
        _ = try await run(
            "register", "ani", "--role", "teacher", "--login", "--password-stdin", input: "read every day")
        _ = try await run("course", "create", "Biology", "--code", "bio")
    }

    @discardableResult
    private func run(_ arguments: String..., input: String = "") async throws -> ProgramRun {
        try await ProgramRun(arguments: arguments, input: Array(input.utf8), environment: environment)
    }

    @Test func `a wrong password says what to do`() async throws {
        defer { folder.remove() }
        let failed = try await run("login", "ani", "--password-stdin", input: "something else")
        #expect(failed.status == 77)
        #expect(failed.messages.contains("lms user set-password ani"))
    }

    @Test(arguments: ["week1.md", "Week 1.TXT", "Makefile.inc"])
    func `a file is no title`(_ name: String) async throws {
        defer { folder.remove() }
        let path = name == "Makefile.inc" ? folder.path(name) : name
        try folder.write(Array("Text".utf8), to: name)
        let refused = try await run("material", "add", "bio", path)
        #expect(refused.status == 64 && refused.output == "")
        #expect(
            refused.messages.contains(
                "\nDid you mean: lms material add bio --description-file \(shellQuoted(path))\n"),
            "\(refused)")
        // With a text, a title may look like anything.
        #expect(try await run("material", "add", "bio", path, "--description", "Text").status == 0)
    }

    @Test func `a wrong password gives no line that is not safe`() async throws {
        defer { folder.remove() }
        for (name, shown) in [("x; rm -rf ~", "x; rm -rf ~"), ("an\u{200b}i", "an\\u{200b}i")] {
            let refused = try await run("login", name, "--password-stdin", input: "something else")
            #expect(refused.status == 65)
            #expect(refused.messages.hasPrefix("lms: '\(shown)' cannot be a username"), "\(refused)")
            #expect(!refused.messages.contains("set-password"))
        }
        // What nobody sees around a name is no part of it.
        #expect(
            try await run("login", "ani\u{200b}", "--password-stdin", input: "read every day").status == 0)
    }

    @Test(arguments: ["--db", "LMS_DB"])
    func `the target of the line is in the advice`(_ way: String) async throws {
        defer { folder.remove() }
        let path = folder.path("our school.db")
        _ = try await run("db", "init", "--db", path)
        let advice = "\nSign in with: lms login USERNAME"
        if way == "--db" {
            let refused = try await run("course", "list", "--db", path)
            #expect(refused.status == 78)
            #expect(refused.messages.hasSuffix("\(advice) --db '\(path)'\n"), "\(refused)")
        } else {
            let refused = try await ProgramRun(
                arguments: ["course", "list"], environment: environment.merging(["LMS_DB": path]) { $1 })
            #expect(refused.messages.hasSuffix("\(advice)\n"), "\(refused)")
        }
    }

    @Test func `the server of the line is in the advice`() async throws {
        defer { folder.remove() }
        let refused = try await run(
            "course", "list", "--server", "http://192.0.2.1:8080", "--insecure-http")
        #expect(refused.status == 78)
        #expect(
            refused.messages.hasSuffix(
                "\nSign in with: lms login USERNAME --server http://192.0.2.1:8080 --insecure-http\n"),
            "\(refused)")
    }

    @Test func `a title needs its course`() async throws {
        defer { folder.remove() }
        let title = try await run("material", "show", "Pertemuan 1")
        #expect(title.status == 66)
        #expect(title.messages.hasSuffix("\nIf it is a title, name the course too: --course COURSE\n"))
        let other = try await run("material", "show", "Pertemuan 1", "--course", "BIO")
        #expect(other.status == 66)
        #expect(other.messages.hasSuffix("\nSee its materials with: lms material list bio\n"))
    }

    @Test func `a dead token is taken away first`() async throws {
        defer { folder.remove() }
        let made = try await run("token", "create", "--label", "x", "-q")
        let token = made.output.trimmingCharacters(in: .newlines)
        _ = try await run("token", "revoke", "2")
        let refused = try await ProgramRun(
            arguments: ["course", "list"], environment: environment.merging(["LMS_TOKEN": token]) { $1 })
        #expect(refused.status == 78)
        #expect(refused.messages.contains("\nFirst take it away: unset LMS_TOKEN."), "\(refused)")
    }

    @Test func `a token is no session`() async throws {
        defer { folder.remove() }
        let refused = try await run("token", "create", "--label", "x", "--lifetime", "400d")
        #expect(refused.status == 65)
        #expect(refused.messages == "lms: a token lasts at least a minute and at most 365 days\n")
    }

    @Test func `a text from a pipe is named`() async throws {
        defer { folder.remove() }
        let refused = try await run("material", "add", "bio", "Week 1", input: "Text")
        #expect(refused.status == 64 && refused.messages.contains("--description-file -\n"), "\(refused)")
    }

    @Test func `the shape of the line comes before the sign-in`() async throws {
        defer { folder.remove() }
        _ = try await run("logout")
        for title in ["week1.md", "Week 1"] {
            #expect(try await run("material", "add", "bio", title).status == 64)
        }
        #expect(try await run("material", "add", "bio", "Week 1", "--description", "x").status == 78)
    }

    @Test func `a table is no course file`() async throws {
        defer { folder.remove() }
        try folder.write(Array("username\nsiti\nbudi\n".utf8), to: "class.csv")
        let refused = try await run("apply", folder.path("class.csv"))
        #expect(refused.status == 65)
        #expect(refused.messages.contains("lms roster add COURSE --file"), "\(refused)")
    }

    @Test func `one run names every problem, with a missing file too`() async throws {
        defer { folder.remove() }
        let file = """
            course: bio
            titel: Biology
            enrolment: open
            materials:
              - title: Cells
                description_file: cells.md
              - title: Genes
                description_file: genes.md
            """
        try folder.write(Array("Text".utf8), to: "genes.md")
        try folder.write(Array(file.utf8), to: "bio.yaml")
        let refused = try await run("apply", folder.path("bio.yaml"))
        #expect(refused.status == 65)
        let path = folder.path("bio.yaml")
        #expect(
            refused.messages == """
                lms: \(path):2:1: a course has no key 'titel': did you mean 'title'?
                lms: \(path):3:1: a course has no key 'enrolment': did you mean 'enrollment'?
                lms: \(path):6:23: there is no file 'cells.md' in this folder
                lms: 3 problems: nothing was changed

                """
        )
    }

    @Test func `a folder that is none is quoted for a shell`() async throws {
        defer { folder.remove() }
        let school = folder.path("my school")
        try FileManager.default.createDirectory(atPath: school, withIntermediateDirectories: false)
        try folder.write([], to: "my school/users.csv")
        let refused = try await run("db", "import", "\(school)/users.csv")
        #expect(refused.status == 66)
        #expect(refused.messages.hasSuffix(": lms db import '\(school)'\n"), "\(refused)")
    }

    @Test func `the operator's advice needs no session`() async throws {
        defer { folder.remove() }
        let refused = try await run("db", "log", "NONE")
        #expect(refused.status == 66)
        #expect(refused.messages.hasSuffix("with: lms db log\n"), "\(refused)")
    }

    @Test func `what is always refused is not in the help`() async throws {
        defer { folder.remove() }
        for words in [["help", "db", "check"], ["user", "list", "--help"]] {
            let page = try await run(words[0], words[1], words[2])
            #expect(!page.output.contains("--server") && !page.output.contains("--insecure-http"))
            #expect(page.output.contains("USAGE: lms") && page.output.contains("lms help options"), "\(page.output)")
        }
        #expect(try await run("help", "serve").output.contains("--insecure-http"))
        #expect(try await run("help", "options").output.contains("--server"))
        // It is taken all the same, to be refused with its reason.
        let refused = try await run("db", "check", "--server", "http://127.0.0.1:1")
        #expect(refused.messages.contains("on the database itself"))
    }

    @Test func `the usage is short`() async throws {
        defer { folder.remove() }
        for (words, usage) in [
            (["target", "list"], "lms target list [<options>]"),
            (["course", "show"], "lms course show <course> [<options>]"),
            (["db", "init"], "lms db init [<options>]"), (["db"], "lms db <command>"),
        ] {
            let page = try await ProgramRun(arguments: ["help"] + words, environment: environment)
            #expect(page.output.contains("\nUSAGE: \(usage)\n"), "\(page.output)")
        }
    }

    @Test func `apply and diff take a folder`() async throws {
        defer { folder.remove() }
        try await run("material", "add", "bio", "Cells", "--description", "Text\n")
        #expect(try await run("export", "bio", "--dir", folder.path("biology")).status == 0)
        for name in ["biology", "biology/"] {
            #expect(try await run("diff", folder.path(name)).status == 0)
            #expect(try await run("apply", folder.path(name)).status == 0)
        }
        let missing = try await run("apply", folder.path)
        #expect(missing.status == 66 && missing.messages.contains("there is no course.yaml in the folder"))
    }

    @Test func `a plan in CSV has its own signs`() async throws {
        defer { folder.remove() }
        let file = """
            course: bio
            title: "=Ecology"
            materials:
              - {title: "=A title", description: x}
            """
        try folder.write(Array(file.utf8), to: "bio.yaml")
        let plan = try await run("apply", folder.path("bio.yaml"), "--format", "csv")
        #expect(plan.output.contains("\n~,course,bio,"), "\(plan)")
        #expect(plan.output.contains("\n+,material,bio,'=A title"), "\(plan)")
    }
}
