import Foundation
import Testing

extension Robustness {
    @Suite struct Terminal {}
}

extension Robustness.Terminal {
    private func login(_ scene: ProgramScene) throws -> Pseudoterminal {
        let terminal = try Pseudoterminal(
            scene.launch(["login", "ani"], database: scene.database, environment: ["NO_COLOR": "1"]))
        try terminal.expect("Password for ani: ")
        return terminal
    }

    @Test func `a typed password is not shown`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let terminal = try login(scene)
        try terminal.typeUnseen(ProgramScene.password + "\n")
        #expect(try terminal.end() == 0)
        #expect(!terminal.screen.contains(ProgramScene.password))
        #expect(terminal.isEchoing)
        #expect(try scene.bare("whoami").status == 0)
    }

    @Test func `a wrong typed password is not shown either`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let terminal = try login(scene)
        try terminal.typeUnseen("a wrong password\n")
        #expect(try terminal.end() == 77)
        #expect(!terminal.screen.contains("a wrong password"))
        #expect(terminal.screen.contains("wrong username or password"))
        #expect(terminal.isEchoing)
    }

    @Test func `interrupting a prompt gives the terminal back`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let terminal = try login(scene)
        try terminal.typeUnseen("half a pass\u{3}")
        #expect(try terminal.end() == 130)
        #expect(terminal.isEchoing)
        #expect(access(scene.home + "/.lms_session", F_OK) != 0)
    }

    @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGUSR1, 138), (SIGALRM, 142)] as [(Int32, Int32)])
    func `ending a prompt gives the terminal back`(_ signal: Int32, _ status: Int32) throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let terminal = try login(scene)
        try terminal.waitUntilUnseen()
        try terminal.send(signal)
        #expect(try terminal.end() == status)
        #expect(terminal.isEchoing)
    }

    @Test func `stopping a prompt gives the terminal back until it goes on`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let terminal = try Pseudoterminal(
            scene.launch(["login", "ani"], database: scene.database, environment: ["NO_COLOR": "1"]),
            hasJobs: true)
        try terminal.expect("Password for ani: ")
        try terminal.typeUnseen("half a pass\u{1a}")
        try terminal.expect("[stopped]")
        #expect(terminal.echoedMeanwhile)
        terminal.type("\n")
        // It asks again.
        try terminal.expect("Password for ani: ", times: 2)
        try terminal.typeUnseen(ProgramScene.password + "\n")
        #expect(try terminal.end() == 0)
        #expect(!terminal.screen.contains(ProgramScene.password) && !terminal.screen.contains("half a pass"))
        #expect(terminal.isEchoing)
    }

    /// Without a shell that could wake it, the system does not stop a program.
    @Test func `a prompt that cannot stop goes on`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let terminal = try login(scene)
        try terminal.typeUnseen("\u{1a}")
        try terminal.typeUnseen(ProgramScene.password + "\n")
        #expect(try terminal.end() == 0)
        #expect(terminal.isEchoing)
    }

    @Test func `the end of input is no password`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let terminal = try login(scene)
        try terminal.typeUnseen("\u{4}")
        #expect(try terminal.end() == 64)
        #expect(terminal.isEchoing)
    }

    @Test func `a new password is typed twice`() throws {
        let scene = try ProgramScene()
        for (second, status) in [("another password", Int32(65)), (ProgramScene.password, 0)] {
            let terminal = try Pseudoterminal(
                scene.launch(["register", "budi", "--role", "student"], database: scene.database))
            try terminal.expect("Password for budi: ")
            try terminal.typeUnseen(ProgramScene.password + "\n")
            try terminal.expect("The same again: ")
            try terminal.typeUnseen(second + "\n")
            #expect(try terminal.end() == status)
            #expect(!terminal.screen.contains(ProgramScene.password) && terminal.isEchoing)
        }
        #expect(try scene.sql("SELECT username FROM users") == "budi")
    }

    @Test func `a question is asked before anything goes`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "Biology", token: token)
        for (answer, status) in [
            ("n\n", Int32(0)), ("\n", 0), ("\u{4}", 0), ("\u{3}", 130), ("yes please\n", 0),
        ] {
            let terminal = try Pseudoterminal(
                scene.launch(["course", "delete", "1"], database: scene.database, token: token))
            try terminal.expect("[y/N]")
            terminal.type(answer)
            #expect(try terminal.end() == status)
            #expect(try scene.sql("SELECT count(*) FROM course") == "1")
        }
        let terminal = try Pseudoterminal(
            scene.launch(["course", "delete", "1"], database: scene.database, token: token))
        try terminal.expect("[y/N]")
        terminal.type("y\n")
        #expect(try terminal.end() == 0)
        #expect(try scene.sql("SELECT count(*) FROM course") == "0")
    }
}
