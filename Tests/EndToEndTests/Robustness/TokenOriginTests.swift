import Foundation
import Testing

extension Robustness {
    @Suite struct TokenOrigin {}
}

/// A token goes to the target that issued it, and nowhere else.
extension Robustness.TokenOrigin {
    private static let token = "lms_" + String(repeating: "t", count: 43)
    private static let actions = [["whoami"], ["course", "create", "Title"], ["course", "list", "--all"]]

    @Test func `a stored token goes to no other origin`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let server = try ServerProcess(scene)
        let other = try FakeServer()
        defer { other.stop() }
        let login = try scene.remote(
            server.origin, "login", "ani", "--password-stdin", input: ProgramScene.password)
        try #require(login.status == 0, "\(login)")
        // The log is written a moment after the answer.
        usleep(500_000)
        let before = server.logLines.count
        let (port, theirs) = (server.port, other.port)
        for origin in [
            other.origin, "http://localhost:\(port)", "http://[::1]:\(port)", "https://127.0.0.1:\(port)",
        ] {
            for words in Self.actions {
                let outcome = try scene.run(scene.launch(words + ["--server", origin], database: nil))
                expectRefused(outcome, 78, "lms login")
            }
        }
        for trick in [
            "http://127.0.0.1:\(port)@127.0.0.1:\(theirs)", "http://127.0.0.1:\(port)#@127.0.0.1:\(theirs)",
            "http://127.0.0.1:\(port)\\@127.0.0.1:\(theirs)", "http://127.0.0.1:\(port)?@127.0.0.1:\(theirs)",
            "http://127.0.0.1:\(port)/@127.0.0.1:\(theirs)", "http://127.0.0.1%3a\(theirs)",
            "http://127.0.0.1:\(theirs)\r\nHost: 127.0.0.1:\(port)", "http://127.0.0.1:+\(theirs)",
            "http://127.0.0.1:0\(theirs)", "http://127.0.0.1:\(theirs) ", "//127.0.0.1:\(theirs)",
        ] {
            for words in Self.actions {
                let outcome = try scene.run(scene.launch(words + ["--server", trick], database: nil))
                expectRefused(outcome, 64)
            }
        }
        let copy = scene.path("copy.db")
        #expect(try scene.lms("db", "backup", copy).status == 0)
        expectRefused(try scene.run(scene.launch(["whoami"], database: copy)), 78)
        #expect(other.requests == [])
        #expect(server.logLines.count == before, "\(server.log)")
        #expect(try scene.remote(server.origin, "whoami", "-q").word == "ani")
        // A slash at the end, and another spelling of the scheme, name the same origin.
        #expect(try scene.remote("HTTP://127.0.0.1:\(port)/", "whoami", "-q").word == "ani")
    }

    @Test(arguments: [
        "301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect",
    ])
    func `no redirect is followed`(_ status: String) throws {
        let scene = try ProgramScene()
        let other = try FakeServer()
        let path = "\(other.origin)/course"
        let server = try FakeServer { _, _ in FakeServer.page(status, "", headers: ["Location: \(path)"]) }
        defer {
            other.stop()
            server.stop()
        }
        for words in Self.actions + [["course", "delete", "1", "--yes"], ["passwd", "--password-stdin"]] {
            let outcome = try scene.run(
                scene.launch(
                    words + ["--server", server.origin], database: nil, token: Self.token,
                    input: "\(ProgramScene.password)\nanother good password\n"))
            expectRefused(outcome, 69)
        }
        let login = try scene.remote(
            server.origin, "login", "ani", "--password-stdin", input: ProgramScene.password)
        expectRefused(login, 69)
        #expect(other.requests == [])
        // Each was asked once: a redirect is an answer.
        #expect(server.requests.count == 6, "\(server.requests)")
        #expect(server.requests.filter { $0.contains(Self.token) }.count == 5)
        #expect(access(scene.home + "/.lms_session", F_OK) != 0)
    }

    @Test func `a token from the environment goes to no remembered server`() throws {
        let scene = try ProgramScene()
        let server = try FakeServer { _, _ in FakeServer.page("404 Not Found", "{}") }
        defer { server.stop() }
        #expect(try scene.bare("target", "use", server.origin).status == 0)
        for words in Self.actions {
            let outcome = try scene.run(scene.launch(words, database: nil, token: Self.token))
            expectRefused(outcome, 78, "LMS_TOKEN")
        }
        #expect(server.requests == [])
        // Where the user points, it goes.
        for way in [["LMS_SERVER": server.origin], [:]] {
            let flags = way.isEmpty ? ["--server", server.origin] : []
            _ = try scene.run(
                scene.launch(["whoami"] + flags, database: nil, token: Self.token, environment: way))
        }
        #expect(server.requests.count { $0.contains("Authorization: Bearer \(Self.token)\r\n") } == 2)
        #expect(server.requests.count == 2)
    }
}
