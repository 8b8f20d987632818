import Foundation
import Testing

/// What somebody at a terminal is asked and told: names, roles, editors, servers that are not there.
extension Robustness.Terminal {
    private func launch(
        _ scene: ProgramScene, _ arguments: [String], token: String? = nil,
        environment: [String: String] = [:]
    ) throws -> Pseudoterminal {
        try Pseudoterminal(
            scene.launch(
                arguments, database: scene.database, token: token,
                environment: ["NO_COLOR": "1"].merging(environment) { $1 }))
    }

    @Test func `register asks for what is missing and says what it made`() throws {
        let scene = try ProgramScene()
        let terminal = try launch(scene, ["register"])
        try terminal.expect("Username: ")
        terminal.type("siti\n")
        try terminal.expect("Teacher or student? ")
        terminal.type("parent\n")
        terminal.type("siswa\n")
        try terminal.expect("Password for siti: ")
        try terminal.typeUnseen(ProgramScene.password + "\n")
        try terminal.expect("The same again: ")
        try terminal.typeUnseen(ProgramScene.password + "\n")
        #expect(try terminal.end() == 0)
        #expect(terminal.screen.contains("Made the database \(scene.database)"))
        #expect(try scene.sql("SELECT username || ' ' || role FROM users") == "siti student")
    }

    @Test func `login asks for the name`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let terminal = try launch(scene, ["login"])
        try terminal.expect("Username: ")
        terminal.type("ani\n")
        try terminal.expect("Password for ani: ")
        try terminal.typeUnseen(ProgramScene.password + "\n")
        #expect(try terminal.end() == 0)
    }

    @Test(arguments: [["login", "ani"], ["register", "ani", "--role", "teacher"]])
    func `a server that does not answer is told before the password`(_ arguments: [String]) throws {
        let scene = try ProgramScene()
        let terminal = try Pseudoterminal(
            scene.launch(arguments + ["--server", "http://127.0.0.1:9"], database: nil))
        #expect(try terminal.end() == 69)
        #expect(terminal.screen.contains("http://127.0.0.1:9 does not answer"))
        #expect(!terminal.screen.contains("Password"))
    }

    @Test func `edit opens the editor on the text`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "Biology", "--code", "bio", "--description", "Old.", token: token)
        try scene.lms("material", "add", "bio", "Cells", "--description", "Old text", token: token)
        let editor = scene.path("editor")
        try scene.write(
            Array("#!/bin/sh\ngrep -q Old \"$1\" && sed -i s/Old/New/ \"$1\"\n".utf8), to: editor, mode: 0o700
        )
        for (arguments, question, text) in [
            (["material", "edit", "1"], "SELECT description FROM material", "New text"),
            (["course", "edit", "bio"], "SELECT description FROM course", "New."),
        ] {
            let terminal = try launch(scene, arguments, token: token, environment: ["EDITOR": editor])
            #expect(try terminal.end() == 0, "\(terminal.screen)")
            #expect(try scene.sql(question) == text)
        }
    }

    @Test func `an editor that only ends the last line changes nothing`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "Biology", "--code", "bio", token: token)
        try scene.lms("material", "add", "bio", "Cells", "--description", "One line", token: token)
        let terminal = try launch(
            scene, ["material", "edit", "1"], token: token, environment: ["EDITOR": "echo >>"])
        #expect(try terminal.end() == 0)
        #expect(terminal.screen.contains("unchanged"), "\(terminal.screen)")
        #expect(try scene.sql("SELECT description FROM material") == "One line")
    }

    @Test func `an editor that is not there is named`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "Biology", "--code", "bio", "--description", "x", token: token)
        for environment in [["EDITOR": "no-such-editor"], ["PATH": "/nowhere"]] {
            let terminal = try launch(
                scene, ["course", "edit", "bio"], token: token, environment: environment)
            #expect(try terminal.end() == 64)
            let name = environment["EDITOR"] ?? "vi"
            #expect(terminal.screen.contains("the editor '\(name)' cannot be started"), "\(terminal.screen)")
        }
        let outcome = try scene.lms("course", "edit", "bio", token: token)
        expectRefused(outcome, 64, "nothing to change was given")
    }
}
