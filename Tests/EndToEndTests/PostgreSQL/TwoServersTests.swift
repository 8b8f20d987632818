#if PostgreSQL
    import Foundation
    import LMSCore
    import LMSTestSupport
    import Testing

    extension PostgreSQLTests {
        /// Two `lms serve` on one database: any of them may be given any request.
        @Suite struct TwoServers {}
    }

    /// A database with the teacher `ani` and the student `siti`, and its servers.
    private struct Pair {
        let scene: ProgramScene
        let url: String
        let servers: [ServerProcess]
        var first: ServerProcess { servers[0] }
        var second: ServerProcess { servers[1] }

        init() throws {
            let scene = try ProgramScene()
            let url = try PostgreSQLTrial.makeURL(schema: .lms)
            try scene.register("ani", role: "teacher", database: url)
            try scene.register("siti", role: "student", database: url)
            (self.scene, self.url) = (scene, url)
            servers = try (0..<2).map { _ in try ServerProcess(scene, database: url) }
        }

        func logIn(
            _ name: String, _ password: String = ProgramScene.password, at server: ServerProcess
        ) throws -> RawAnswer {
            try server.request("POST", "/auth/login", body: Self.login(name, password))
        }

        static func login(_ name: String, _ password: String) -> String {
            #"{"username":"\#(name)","password":"\#(password)"}"#
        }

        func token(of name: String, at server: ServerProcess) throws -> String {
            let answer = try logIn(name, at: server)
            return try #require(Self.fields(answer)["token"] as? String, "\(answer.text)")
        }

        static func fields(_ answer: RawAnswer) throws -> [String: Any] {
            try #require(JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
        }

        /// What an operator does on the database itself.
        func operate(_ words: String..., input: String = "") throws {
            let outcome = try scene.run(scene.launch(words, database: url, input: input))
            #expect(outcome.status == 0, "\(outcome)")
        }

        func stop() {
            for server in servers {
                let log = server.stop().errors
                #expect(!log.contains("\"status\":500"))
                #expect(!log.contains("lms_"))
            }
        }
    }

    extension PostgreSQLTests.TwoServers {
        @Test func `what one writes the other sees at once`() throws {
            let pair = try Pair()
            let token = try pair.token(of: "ani", at: pair.first)
            for number in 1...20 {
                let (writer, reader) = number.isMultiple(of: 2) ? (0, 1) : (1, 0)
                let made = try pair.servers[writer].request(
                    "POST", "/course", token: token, body: #"{"title":"Course","code":"c-\#(number)"}"#)
                #expect(made.status == 201, "\(made.text)")
                let path = "/course/c-\(number)"
                #expect(try pair.servers[reader].request("GET", path, token: token).status == 200)
                #expect(try pair.servers[reader].request("DELETE", path, token: token).status == 200)
                #expect(try pair.servers[writer].request("GET", path, token: token).status == 404)
            }
            pair.stop()
        }

        @Test(arguments: ["logout", "logout all", "revoke", "passwd", "disable", "set-password"])
        func `what ends a session on one ends it on the other`(_ way: String) throws {
            let pair = try Pair()
            let own = try pair.token(of: "ani", at: pair.first)
            let other = try pair.token(of: "ani", at: pair.second)
            func statuses(of token: String) throws -> [Int] {
                try pair.servers.map { try $0.request("GET", "/auth/me", token: token).status }
            }
            // Whatever a server might remember, it has seen by now.
            #expect(try statuses(of: own) == [200, 200] && statuses(of: other) == [200, 200])
            var ended = [other]
            switch way {
            case "logout":
                #expect(try pair.first.request("POST", "/auth/logout", token: other).status == 200)
            case "logout all":
                let answer = try pair.first.request(
                    "POST", "/auth/logout", token: own, body: #"{"all":true}"#)
                #expect(answer.status == 200, "\(answer.text)")
                ended = [own, other]
            case "revoke":
                let made = try pair.first.request(
                    "POST", "/auth/tokens", token: own, body: #"{"label":"CI"}"#)
                let fields = try Pair.fields(made)
                let id = try #require(fields["id"] as? Int)
                let secret = try #require(fields["token"] as? String)
                #expect(try statuses(of: secret) == [200, 200])
                #expect(try pair.first.request("DELETE", "/auth/tokens/\(id)", token: own).status == 200)
                ended = [secret]
            case "passwd":
                let answer = try pair.first.request(
                    "POST", "/auth/password", token: own,
                    body: #"{"current":"\#(ProgramScene.password)","new":"another good password"}"#)
                #expect(answer.status == 200, "\(answer.text)")
            case "disable":
                try pair.operate("user", "disable", "ani")
                ended = [own, other]
            default:
                try pair.operate(
                    "user", "set-password", "ani", "--password-stdin", input: "another good password")
                ended = [own, other]
            }
            for token in ended { #expect(try statuses(of: token) == [401, 401]) }
            if !ended.contains(own) { #expect(try statuses(of: own) == [200, 200]) }
            pair.stop()
        }

        @Test func `guesses on one count on the other`() throws {
            let pair = try Pair()
            for number in 0..<5 {
                let answer = try pair.logIn("siti", "wrong password", at: pair.servers[number % 2])
                #expect(answer.status == 401, "\(answer.text)")
            }
            for server in pair.servers {
                let answer = try pair.logIn("siti", at: server)
                #expect(answer.status == 429 && answer["Retry-After"] == "1", "\(answer.text)")
            }
            usleep(1_100_000)
            #expect(try pair.logIn("siti", at: pair.second).status == 200)
            // The right one starts the count anew, for both.
            #expect(try pair.logIn("siti", "wrong password", at: pair.first).status == 401)
            pair.stop()
        }

        @Test func `guesses at once do not pass together`() throws {
            let pair = try Pair()
            let start = ContinuousClock.now
            let clients = try (0..<40).map { number in
                let connection = try pair.servers[number % 2].connect()
                try connection.send(
                    RawConnection.request(
                        "POST", "/auth/login", body: Pair.login("siti", "wrong password")))
                return connection
            }
            let answers = try clients.map { try #require($0.answer(timeout: 40)) }
            let checked = answers.count { $0.status == 401 }
            #expect(answers.allSatisfy { [401, 429, 503].contains($0.status) })
            // One more for each wait that passed meanwhile: 1 s, 2 s, 4 s.
            let passed = [1.0, 3.0, 7.0, 15.0].count { $0 <= seconds(since: start) }
            #expect((5...(5 + passed)).contains(checked), "\(checked) were checked")
            pair.stop()
        }

        @Test func `of many who want one code at once one gets it`() throws {
            let pair = try Pair()
            let token = try pair.token(of: "ani", at: pair.first)
            let clients = try (0..<20).map { number in
                let connection = try pair.servers[number % 2].connect()
                try connection.send(
                    RawConnection.request(
                        "POST", "/course", token: token, body: #"{"title":"Biology","code":"BIO-101"}"#))
                return connection
            }
            let statuses = try clients.map { try #require($0.answer(timeout: 40)).status }
            #expect(statuses.sorted() == [201] + Array(repeating: 409, count: 19))
            // Where the code is made from the title, each gets one of its own.
            let others = try (0..<20).map { number in
                let connection = try pair.servers[number % 2].connect()
                try connection.send(
                    RawConnection.request("POST", "/course", token: token, body: #"{"title":"Botany"}"#))
                return connection
            }
            let made = try others.map { try #require($0.answer(timeout: 40)) }
            #expect(made.allSatisfy { $0.status == 201 }, "\(made.map(\.status))")
            let codes = try made.map { try #require(Pair.fields($0)["code"] as? String) }
            #expect(Set(codes) == Set(["botany"] + (2...20).map { "botany-\($0)" }))
            try pair.operate("db", "check")
            pair.stop()
        }
    }
#endif
