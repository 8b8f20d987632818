import Foundation
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

    @Test func aWrongPasswordSaysWhatToDo() async throws {
        defer { folder.remove() }
        let failed = try await run("login", "ani", "--password-stdin", input: "something else")
        #expect(failed.status == 77)
        #expect(failed.messages.contains("lms user set-password ani"))
    }

    @Test(arguments: ["week1.md", "Week 1.TXT", "Makefile.inc"])
    func aFileIsNoTitle(_ name: String) async throws {
        defer { folder.remove() }
        let path = name == "Makefile.inc" ? folder.path(name) : name
        try folder.write(name, Array("Text".utf8))
        let refused = try await run("material", "add", "bio", path)
        #expect(refused.status == 64 && refused.output == "")
        #expect(
            refused.messages.contains(
                "\nDid you mean: lms material add bio --description-file \(shellQuoted(path))\n"),
            "\(refused)")
        // With a text, a title may look like anything.
        #expect(try await run("material", "add", "bio", path, "--description", "Text").status == 0)
    }

    @Test func applyAndDiffTakeAFolder() async throws {
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

    @Test func aPlanInCSVHasItsOwnSigns() async throws {
        defer { folder.remove() }
        let file = """
            course: bio
            title: "=Ecology"
            materials:
              - {title: "=A title", description: x}
            """
        try folder.write("bio.yaml", Array(file.utf8))
        let plan = try await run("apply", folder.path("bio.yaml"), "--format", "csv")
        #expect(plan.output.contains("\n~,course,bio,"), "\(plan)")
        #expect(plan.output.contains("\n+,material,bio,'=A title"), "\(plan)")
    }
}
