import Foundation
import Testing

@testable import LMSCommands

/// What stops a newcomer, and what the program says then.
@Suite struct NewcomerTests {
    private let folder: TemporaryFolder
    private let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        environment = ["HOME": folder.path]
        _ = try run(
            "register", "ani", "--role", "teacher", "--login", "--password-stdin", input: "read every day")
        _ = try run("course", "create", "Biology", "--code", "bio")
    }

    @discardableResult
    private func run(_ arguments: String..., input: String = "") throws -> ProgramRun {
        try ProgramRun(arguments: arguments, input: Array(input.utf8), environment: environment)
    }

    @Test func aWrongPasswordSaysWhatToDo() throws {
        defer { folder.remove() }
        let failed = try run("login", "ani", "--password-stdin", input: "something else")
        #expect(failed.status == 77)
        #expect(failed.messages.contains("lms user set-password ani"))
    }

    @Test(arguments: ["week1.md", "Week 1.TXT", "Makefile.inc"])
    func aFileIsNoTitle(_ name: String) throws {
        defer { folder.remove() }
        let path = name == "Makefile.inc" ? folder.path(name) : name
        try folder.write(name, Array("Text".utf8))
        let refused = try run("material", "add", "bio", path)
        #expect(refused.status == 64 && refused.output == "")
        #expect(
            refused.messages.contains(
                "\nDid you mean: lms material add bio --description-file \(shellQuoted(path))\n"),
            "\(refused)")
        // With a text, a title may look like anything.
        #expect(try run("material", "add", "bio", path, "--description", "Text").status == 0)
    }

    @Test func applyAndDiffTakeAFolder() throws {
        defer { folder.remove() }
        try run("material", "add", "bio", "Cells", "--description", "Text\n")
        #expect(try run("export", "bio", "--dir", folder.path("biology")).status == 0)
        for name in ["biology", "biology/"] {
            #expect(try run("diff", folder.path(name)).status == 0)
            #expect(try run("apply", folder.path(name)).status == 0)
        }
        let missing = try run("apply", folder.path)
        #expect(missing.status == 66 && missing.messages.contains("there is no course.yaml in the folder"))
    }

    @Test func aPlanInCSVHasItsOwnSigns() throws {
        defer { folder.remove() }
        let file = """
            course: bio
            title: "=Ecology"
            materials:
              - {title: "=A title", description: x}
            """
        try folder.write("bio.yaml", Array(file.utf8))
        let plan = try run("apply", folder.path("bio.yaml"), "--format", "csv")
        #expect(plan.output.contains("\n~,course,bio,"), "\(plan)")
        #expect(plan.output.contains("\n+,material,bio,'=A title"), "\(plan)")
    }
}
