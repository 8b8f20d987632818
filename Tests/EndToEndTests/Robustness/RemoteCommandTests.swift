import Foundation
import Testing

extension Robustness {
    @Suite struct RemoteCommands {}
}

extension Robustness.RemoteCommands {
    /// Somebody with a home of their own.
    private func home(_ scene: ProgramScene, _ name: String) -> [String: String] {
        mkdir(scene.path(name), 0o700)
        return ["HOME": scene.path(name)]
    }

    /// What a teacher and a student do on one server, each from a machine of their own.
    private func teachAndLearn(
        _ scene: ProgramScene, _ origin: String, _ more: [String: String] = [:]
    ) throws {
        let (teacher, student) = (home(scene, "ani"), home(scene, "siti"))
        func lms(_ home: [String: String], _ words: String..., input: String = "") throws -> Outcome {
            let outcome = try scene.run(
                scene.launch(words, database: nil, input: input, environment: home.merging(more) { $1 }))
            #expect(outcome.errors.isEmpty || outcome.status != 0, "\(words) \(outcome)")
            return outcome
        }
        for (home, name, role) in [(teacher, "ani", "teacher"), (student, "siti", "student")] {
            let made = try lms(
                home, "register", name, "--role", role, "--password-stdin", "--login", "--server", origin,
                input: ProgramScene.password)
            #expect(made.status == 0, "\(made)")
            #expect(try lms(home, "target", "list").output == "\(origin)\t\(name)\ttrue\n")
            let path = try #require(home["HOME"]) + "/.lms_session"
            #expect(scene.mode(of: path) == 0o600)
        }
        // From here on, the target is remembered.
        #expect(try lms(teacher, "course", "create", "Biology", "--enrollment", "approval", "-q").word == "1")
        #expect(
            try lms(teacher, "material", "add", "biology", "Week 1", "--description", "Cells.\r\n🧬", "-q")
                .word
                == "1")
        #expect(try lms(student, "course", "join", "biology", "--format", "csv").output.contains("pending"))
        expectRefused(try lms(student, "material", "show", "1"), 77)
        #expect(try lms(teacher, "roster", "approve", "biology", "--all", "-q").word == "siti")
        let shown = try lms(student, "material", "show", "1", "--raw")
        #expect(shown.output == "Cells.\r\n🧬", "\(shown)")
        expectRefused(try lms(student, "course", "delete", "biology", "--yes"), 77)
        #expect(try lms(student, "logout").status == 0)
        expectRefused(try lms(student, "whoami"), 78, "lms login")
        #expect(try lms(teacher, "whoami", "--json").output.contains("\"target\":\"\(origin)\""))
    }

    @Test func `a teacher and a student share a server`() throws {
        let scene = try ProgramScene()
        let server = try ServerProcess(scene)
        try teachAndLearn(scene, server.origin)
        server.stop()
    }

    /// The server answers before it has read all that is sent.
    @Test func `a large apply with a dead token is told to sign in`() throws {
        let scene = try ProgramScene()
        let server = try ServerProcess(scene)
        let text =
            "course: bio\ntitle: Biology\nmaterials:\n"
            + (1...5).map { number in
                "- title: Week \(number)\n  description: \"\(String(repeating: "x", count: 500_000))\"\n"
            }.joined()
        try scene.write(Array(text.utf8), to: scene.path("course.yaml"))
        let token = "lms_" + String(repeating: "A", count: 43)
        let outcome = try scene.run(
            scene.launch(
                ["apply", scene.path("course.yaml"), "--server", server.origin], database: nil, token: token))
        expectRefused(outcome, 78, "LMS_TOKEN")
        server.stop()
    }

    @Test func `a server without TLS is said to have none`() throws {
        let scene = try ProgramScene()
        let server = try ServerProcess(scene)
        let origin = server.origin.replacing("http:", with: "https:")
        let outcome = try scene.run(
            scene.launch(
                ["login", "ani", "--password-stdin", "--server", origin], database: nil,
                input: ProgramScene.password
            ))
        expectRefused(outcome, 69, "does not speak TLS")
        server.stop()
    }

    @Test func `TLS is checked against a CA of the school`() throws {
        let scene = try ProgramScene()
        let (authority, certificate, key) = try scene.certificates("DNS:localhost")
        let other = try scene.certificates("DNS:localhost", folder: "other").authority
        let server = try ServerProcess(scene, "--tls-cert", certificate, "--tls-key", key)
        #expect(server.scheme == "https")
        let origin = "https://localhost:\(server.port)"
        func register(_ origin: String, _ flags: [String], _ more: [String: String] = [:]) throws -> Outcome {
            try scene.run(
                scene.launch(
                    ["register", "budi", "--role", "student", "--password-stdin", "--server", origin] + flags,
                    database: nil, input: ProgramScene.password, environment: more))
        }
        // Not known to anybody, of another CA, and of another host.
        expectRefused(try register(origin, []), 69, "certificate")
        expectRefused(try register(origin, ["--ca-file", other]), 69, "certificate")
        expectRefused(try register(origin, [], ["LMS_CA_FILE": other]), 69, "certificate")
        expectRefused(try register(server.origin, ["--ca-file", authority]), 69, "certificate")
        expectRefused(try register(origin, ["--ca-file", scene.path("none.pem")]), 74, "none.pem")
        // Without TLS there is nothing to talk to.
        expectRefused(try register("http://127.0.0.1:\(server.port)", []), 69)
        #expect(server.logLines.filter { $0.contains("\"status\"") && $0.contains("register") } == [])
        #expect(try scene.sql("SELECT count(*) FROM users") == "0")

        let made = try register(origin, ["--ca-file", authority, "-q"])
        #expect(made.status == 0 && made.word == "budi", "\(made)")
        #expect(try scene.sql("DELETE FROM users; SELECT count(*) FROM users;") == "0")
        try teachAndLearn(scene, origin, ["LMS_CA_FILE": authority])
        server.stop()
    }

    @Test(arguments: [
        "http://lms.school.id", "http://192.0.2.1:8080", "http://[2001:db8::1]", "http://127.0.0.1.nip.io",
    ])
    func `plain HTTP to another machine is refused`(_ origin: String) throws {
        let scene = try ProgramScene()
        let token = "lms_" + String(repeating: "a", count: 43)
        for words in [["login", "ani", "--password-stdin"], ["whoami"], ["course", "create", "T"]] {
            let outcome = try scene.run(
                scene.launch(
                    words + ["--server", origin], database: nil, token: token, input: ProgramScene.password))
            expectRefused(outcome, 64, "https://")
            #expect(outcome.duration < 3)
        }
    }
}
