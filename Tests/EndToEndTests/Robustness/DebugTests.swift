import Foundation
import Testing

extension Robustness {
    /// `LMS_DEBUG`: what happened inside, for whoever looks for a defect, and nobody's secrets with it.
    @Suite struct Debug {}
}

extension Robustness.Debug {
    private static let debug = ["LMS_DEBUG": "1"]

    @Test func `a link that leads in a circle is named by the system's error, on a file`() throws {
        let scene = try ProgramScene()
        let loop = scene.path("loop.db")
        symlink(loop, loop)
        let words = ["course", "list"]
        let token = "lms_" + String(repeating: "s", count: 43)
        let usual = try scene.run(scene.launch(words, database: loop, token: token))
        #expect(usual.status == 74)
        #expect(!usual.errors.contains("ELOOP") && !usual.errors.contains("caused by"))
        let told = try scene.run(
            scene.launch(words, database: loop, token: token, environment: Self.debug))
        #expect(told.status == 74)
        // The same message, with the chain under it.
        let (lines, causes) = Self.split(told.errors)
        #expect(lines == Self.split(usual.errors).lines)
        #expect(causes.count == 2, "\(told)")
        #expect(causes.first?.contains("open \(loop)") == true)
        #expect(causes.last == "caused by: Too many levels of symbolic links (ELOOP)")
        #expect(!told.errors.contains(token))

        let json = try scene.run(
            scene.launch(words + ["--json"], database: loop, token: token, environment: Self.debug))
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(json.errorBytes)) as? [String: Any])
        #expect((object["causes"] as? [String])?.last == "Too many levels of symbolic links (ELOOP)")
        #expect((object["error"] as? [String: Any])?["code"] as? String == "io")
    }

    @Test func `a file of the system's is named by its error`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let loop = scene.path("loop.md")
        symlink(loop, loop)
        let told = try scene.run(
            scene.launch(
                ["material", "add", "1", "T", "--description-file", loop], database: scene.database,
                token: token, environment: Self.debug))
        #expect(told.errors.contains("caused by: Too many levels of symbolic links (ELOOP)"), "\(told)")
    }

    @Test func `a server that is not there, or answers nonsense, is told with what the libraries say`() throws {
        let scene = try ProgramScene()
        let token = "lms_" + String(repeating: "s", count: 43)
        let server = try FakeServer { _, _ in
            .text("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc")
        }
        let nonsense = try scene.remote(
            server.origin, "whoami", token: token, environment: Self.debug)
        let origin = server.origin
        server.stop()
        #expect(nonsense.status == 69)
        #expect(nonsense.errors.contains("caused by: the server answered 200, with 3 bytes\n"), "\(nonsense)")

        let usual = try scene.remote(origin, "whoami", token: token)
        let told = try scene.remote(origin, "whoami", token: token, environment: Self.debug)
        #expect(usual.status == 69 && told.status == 69)
        let (lines, causes) = Self.split(told.errors)
        #expect(lines == Self.split(usual.errors).lines && Self.split(usual.errors).causes.isEmpty)
        #expect(causes.last == "caused by: Connection refused (ECONNREFUSED)", "\(told)")
        #expect(!told.errors.contains(token) && !nonsense.errors.contains(token))
    }

    @Test func `a server's log has the chain of a request that failed, and of no other`() throws {
        for isWanted in [false, true] {
            let (scene, token) = try ProgramScene.withTeacher()
            let server = try ServerProcess(scene, environment: isWanted ? Self.debug : [:])
            #expect(try server.request("GET", "/course", token: token).status == 200)
            // Whatever reads the database next finds another schema than its statements are for.
            try scene.sql("DROP TABLE enrollment; DROP TABLE material;")
            let answer = try server.request("GET", "/course/1/material", token: token)
            #expect(answer.status >= 500)
            #expect(!answer.text.contains("material:") && !answer.text.contains("no such table"))
            server.stop()
            let lines = server.logLines.filter { $0.contains("\"causes\"") }
            #expect(lines.count == (isWanted ? 1 : 0), "\(server.log)")
            if isWanted { #expect(lines[0].contains("no such table"), "\(server.log)") }
            #expect(!server.log.contains(token))
        }
    }

    @Test func `a server that cannot begin tells why`() throws {
        let scene = try ProgramScene()
        let other = try FakeServer()
        defer { other.stop() }
        let words = ["serve", "--port", "\(other.port)"]
        let told = try scene.run(
            scene.launch(words, database: scene.database, environment: Self.debug))
        #expect(told.status == 69)
        #expect(Self.split(told.errors).causes.contains { $0.contains("Address already in use") }, "\(told)")
        let usual = try scene.run(scene.launch(words, database: scene.database))
        #expect(usual.status == 69 && Self.split(usual.errors).causes.isEmpty)
    }

    private static func split(_ text: String) -> (lines: [String], causes: [String]) {
        let all = text.split(separator: "\n").map(String.init)
        return (all.filter { !$0.hasPrefix("caused by: ") }, all.filter { $0.hasPrefix("caused by: ") })
    }
}
