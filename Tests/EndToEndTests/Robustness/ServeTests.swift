import Foundation
import LMSTestSupport
import Testing

extension Robustness {
    @Suite struct Serve {}
}

extension Robustness.Serve {
    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal lets requests end and takes no new ones`(_ signal: Int32) throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let server = try ServerProcess(scene)
        let holder = try LockHolder(scene)
        let idle = try server.connect()
        let flying = try server.connect()
        try flying.send(RawConnection.request("POST", "/course", token: token, body: #"{"title":"Late"}"#))
        usleep(300_000)
        server.send(signal)
        let start = ContinuousClock.now
        while (try? server.connect()) != nil, seconds(since: start) < 5 { usleep(10_000) }
        #expect((try? server.connect()) == nil, "new connections are taken")
        #expect(!server.isOver)
        holder.release()
        let answer = try #require(flying.answer())
        #expect(answer.status == 201 && answer.text.contains("Late"), "\(answer)")
        let outcome = server.wait()
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome)")
        #expect(seconds(since: start) < 8)
        #expect(idle.waitForClose(timeout: 5))
        #expect(try scene.sql("SELECT title FROM course") == "Late")
    }

    @Test func `a second signal ends what a client keeps open`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let server = try ServerProcess(scene)
        let idle = try server.connect()
        let uploading = try server.connect()
        try uploading.send(
            """
            POST /course HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\nContent-Type: application/json\r
            Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n
            """)
        #expect(uploading.answer()?.status == 100)
        server.send(SIGTERM)
        #expect(idle.waitForClose(timeout: 5))
        #expect(!server.isOver)
        let start = ContinuousClock.now
        server.send(SIGTERM)
        let outcome = server.wait()
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome)")
        #expect(!outcome.errors.contains("ERROR"), "\(outcome.errors)")
        #expect(seconds(since: start) < 8)
    }

    @Test func `a client of TLS that answers nothing keeps nobody waiting`() throws {
        let scene = try ProgramScene()
        #expect(try scene.lms("db", "init").status == 0)
        let (_, certificate, key) = try scene.certificates("DNS:localhost")
        let server = try ServerProcess(scene, "--tls-cert", certificate, "--tls-key", key)
        let input = Pipe()
        try Data().write(to: URL(fileURLWithPath: scene.path("client")))
        let client = try ProgramProcess(
            Launch(
                program: "/usr/bin/openssl", arguments: ["s_client", "-connect", "127.0.0.1:\(server.port)"],
                input: .descriptor(input.fileHandleForReading.fileDescriptor), output: .path(scene.path("client"))))
        func isConnected() -> Bool {
            (try? String(contentsOfFile: scene.path("client"), encoding: .utf8))?.contains("handshake has read") ?? false
        }
        let begin = ContinuousClock.now
        while !isConnected(), seconds(since: begin) < 20 { usleep(10_000) }
        #expect(isConnected())
        client.send(SIGSTOP)
        let start = ContinuousClock.now
        server.send(SIGTERM)
        #expect(server.wait().status == 0)
        // TLS alone would wait five seconds for its goodbye.
        #expect(seconds(since: start) < 4)
        client.send(SIGKILL)
        withExtendedLifetime(input) { _ = client.wait() }
    }

    @Test func `the log is JSON and tells no secret`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let server = try ServerProcess(scene, "--log-level", "debug")
        let password = "zebra-crossing-at-noon"
        let stray = "lms_" + String(repeating: "s", count: 43)
        for (method, target, body) in [
            ("GET", "/course", nil), ("GET", "/course/\(stray)", nil), ("GET", "/\(stray)/x?y", nil),
            ("GET", "/course?token=\(stray)&q=\(password)", nil), ("GET", "/course/a%1b%5b31mb", nil),
            ("GET", "/" + String(repeating: "x", count: 5000), nil), ("GET", "/\"},{\"forged\":\"yes", nil),
            ("POST", "/auth/login", #"{"username":"ani","password":"\#(password)"}"#),
            ("POST", "/auth/login", #"{"username":"\#(password)","password":7}"#),
            ("POST", "/auth/register", #"{"username":"budi","password":"\#(password)","role":"student"}"#),
            ("POST", "/auth/password", #"{"current":"\#(password)","new":"\#(password)"}"#),
            ("POST", "/auth/tokens", #"{"label":"CI"}"#), ("PUT", "/\(stray)", nil),
        ] as [(String, String, String?)] {
            _ = try server.request(method, target, token: token, body: body)
        }
        for bytes in [
            "GET /\u{1b}[31mred HTTP/1.1\r\nHost: x\r\n\r\n", "GET /\u{202e}é HTTP/1.1\r\nHost: x\r\n\r\n",
            "\u{0}\r\n\r\n",
        ] {
            let connection = try server.connect()
            try connection.send(bytes)
            _ = connection.answer(timeout: 5)
        }
        let log = server.stop().errors
        for secret in [token, stray, password, "s".padding(toLength: 20, withPad: "s", startingAt: 0)] {
            #expect(!log.contains(secret), "\(secret)")
        }
        let lines = log.split(separator: "\n").dropFirst()
        #expect(lines.count >= 13)
        for line in lines {
            let fields = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(fields != nil && fields?["forged"] == nil, "\(line)")
            #expect(
                !line.unicodeScalars.contains {
                    $0.value < 0x20 || (0x7f...0x9f).contains($0.value) || $0.value == 0x202e
                })
        }
        let entry = try #require(lines.first { $0.contains(#""path":"/course","status":200"#) })
        for key in ["at", "method", "ms", "user", "request"] {
            #expect(entry.contains("\"\(key)\":"), "\(entry)")
        }
    }

    @Test func `a missing database is made for its owner alone`() throws {
        let scene = try ProgramScene()
        let server = try ServerProcess(scene)
        #expect(scene.mode(of: scene.database) == 0o600)
        #expect(try server.request("GET", "/readyz").status == 200)
        server.stop()
        try scene.expectWhole()
        for name in scene.names(in: scene.folder) where name.hasPrefix("school.db") {
            #expect(scene.mode(of: scene.path(name)) == 0o600, "\(name)")
        }
    }

    @Test func `what is no database of ours is refused and left alone`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        try scene.sql("CREATE TABLE notes (id); PRAGMA journal_mode = WAL;", in: scene.path("foreign.db"))
        try scene.fold(scene.path("foreign.db"))
        try scene.fold()
        let whole = try scene.bytes(of: scene.database)
        try scene.write(Array(whole.prefix(whole.count / 2)), to: scene.path("damaged.db"))
        try scene.write(Array("a text".utf8), to: scene.path("text.txt"))
        try scene.write(whole, to: scene.path("newer.db"))
        try scene.sql(
            "UPDATE schema_version SET version = 99, oldest_program = 99; PRAGMA user_version = 99;",
            in: scene.path("newer.db"))
        try scene.fold(scene.path("newer.db"))
        for name in ["foreign.db", "damaged.db", "text.txt", "newer.db"] {
            let before = try scene.bytes(of: scene.path(name))
            var launch = scene.launch(["serve", "--port", "0"], database: scene.path(name))
            launch.timeout = 10
            expectRefused(try scene.run(launch), 74, scene.path(name))
            #expect(try scene.bytes(of: scene.path(name)) == before, "\(name)")
        }
    }

    @Test func `sessions end on the server at once`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let server = try ServerProcess(scene)
        let connection = try server.connect()
        func status(_ token: String) throws -> Int {
            try connection.send(RawConnection.request("GET", "/auth/me", token: token))
            return try #require(connection.answer()).status
        }
        for way in ["logout", "token revoke", "passwd", "set-password", "disable", "delete"] {
            let (token, other) = (try scene.token(of: "ani"), try scene.token(of: "ani"))
            #expect(try status(token) == 200 && status(other) == 200)
            let outcome: Outcome
            var input = ""
            switch way {
            case "logout": outcome = try scene.lms("logout", token: token)
            case "token revoke":
                let id = try scene.sql("SELECT max(id) - 1 FROM login_session")
                outcome = try scene.lms("token", "revoke", id, token: other)
            case "passwd":
                input = "\(ProgramScene.password)\n\(ProgramScene.password) 2\n"
                outcome = try scene.lms("passwd", "--password-stdin", token: other, input: input)
            case "set-password":
                input = ProgramScene.password
                outcome = try scene.lms("user", "set-password", "ani", "--password-stdin", input: input)
            case "disable": outcome = try scene.lms("user", "disable", "ani")
            default: outcome = try scene.lms("user", "delete", "ani", "--yes")
            }
            #expect(outcome.status == 0, "\(outcome)")
            #expect(try status(token) == 401, "after \(way)")
            let otherLives = ["logout", "token revoke", "passwd"].contains(way)
            #expect(try status(other) == (otherLives ? 200 : 401), "after \(way)")
            if way == "passwd" {
                try scene.lms("user", "set-password", "ani", "--password-stdin", input: ProgramScene.password)
            }
            if way == "disable" { try scene.lms("user", "enable", "ani") }
        }
        server.stop()
    }

    @Test func `servers and the file share sessions and throttle`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let (first, second) = (try ServerProcess(scene), try ServerProcess(scene))
        // A token that was made on the file, and one that a server made.
        #expect(try scene.remote(first.origin, "whoami", "-q", token: token).word == "ani")
        let made = try scene.remote(
            second.origin, "login", "ani", "--password-stdin", "--print-token", input: ProgramScene.password)
        #expect(try scene.lms("whoami", "-q", token: made.word).word == "ani")
        #expect(try first.request("POST", "/auth/logout", token: made.word, body: "{}").status == 200)
        expectRefused(try scene.lms("whoami", token: made.word), 78)

        let guess = #"{"username":"ANI","password":"not the password"}"#
        for number in 0..<5 {
            let server = number.isMultiple(of: 2) ? first : second
            #expect(try server.request("POST", "/auth/login", body: guess).status == 401)
        }
        let refused = try second.request("POST", "/auth/login", body: guess)
        #expect(refused.status == 429, "\(refused)")
        #expect(refused["Retry-After"].flatMap { Int($0) }.map { (1...2).contains($0) } == true)
        let remote = try scene.remote(
            first.origin, "login", "ani", "--password-stdin", input: ProgramScene.password)
        expectRefused(remote, 75, "wait ")
        // The owner at another address, and who is signed in, notice nothing.
        #expect(try scene.remote(first.origin, "whoami", token: token).status == 0)
        _ = try scene.token(of: "ani")
        #expect(try scene.sql("SELECT max(failures) FROM throttle") == "5")
        first.stop()
        second.stop()
    }

    @Test func `what was acknowledged outlives a kill`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        var acknowledged: Set<Int> = []
        for round in 0..<3 {
            let server = try ServerProcess(scene)
            let told = ToldIDs()
            let group = DispatchGroup()
            for worker in 0..<4 {
                DispatchQueue.global().async(group: group) {
                    guard let connection = try? server.connect() else { return }
                    while true {
                        let body = #"{"title":"Round \#(round) worker \#(worker)"}"#
                        let request = RawConnection.request("POST", "/course", token: token, body: body)
                        guard (try? connection.send(request)) != nil, let answer = connection.answer()
                        else { return }
                        told.add(answer)
                    }
                }
            }
            usleep(700_000 + UInt32(round) * 150_000)
            server.send(SIGKILL)
            group.wait()
            server.wait()
            #expect(told.unexpected == [])
            #expect(told.ids.count > 5, "too few writes to tell")
            acknowledged.formUnion(told.ids)
        }
        let server = try ServerProcess(scene)
        #expect(
            try server.request("POST", "/course", token: token, body: #"{"title":"After"}"#).status == 201)
        server.stop()
        try scene.expectWhole()
        let kept = Set(try scene.sql("SELECT id FROM course").split(separator: "\n").compactMap { Int($0) })
        #expect(acknowledged.subtracting(kept) == [])
    }
}

/// What a server answered to many writers. Guarded by a lock.
private final class ToldIDs: @unchecked Sendable {
    private let lock = NSLock()
    private var known: [Int] = []
    private var others: [String] = []

    var ids: [Int] { lock.withLock { known } }
    var unexpected: [String] { lock.withLock { others } }

    func add(_ answer: RawAnswer) {
        let id = answer.text.firstMatch(of: /"id":([0-9]+)/).flatMap { Int($0.output.1) }
        lock.withLock {
            if answer.status == 201, let id { known.append(id) } else { others.append("\(answer)") }
        }
    }
}
