import LMSCore
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// What is held is paid for by who holds it.
@Suite struct SharesTests {
    /// A course whose page of materials is 4 MiB, and two who may read it.
    private func largeCourse() async throws -> (World, Person, Person) {
        let world = try World()
        let teacher = try await world.teacher()
        let course = try await teacher.makeCourse("large")
        for number in 0..<4 {
            _ = try await teacher.makeMaterial(
                "\(number)", text: String(repeating: "x", count: 1_048_000), in: course)
        }
        let student = try await world.student()
        try await student.join(course)
        return (world, teacher, student)
    }

    private let page = "/course/large/material?limit=100"

    @Test func `bodies that drip in reserve nothing: others send theirs`() async throws {
        let world = try World()
        let (student, teacher) = (try await world.student(), try await world.teacher())
        try await withServer(world) { server in
            var uploads: [RawConnection] = []
            for _ in 0..<3 {
                let upload = try RawConnection(port: server.port)
                var request = RawRequest("POST", "/apply", token: student.token, json: "{}")
                request.isChunked = true
                await upload.send(request.head + "2000\r\n" + String(repeating: " ", count: 8192) + "\r\n")
                uploads.append(upload)
            }
            let text = String(repeating: "x", count: 150_000)
            let answer = try await server.post(
                "/course", teacher.token, #"{"title":"Beside","description":"\#(text)"}"#)
            #expect(answer.status == 201, "\(answer.text.prefix(200))")
            withExtendedLifetime(uploads) {}
        }
    }

    @Test
    func `one account that holds all that an address gets keeps nobody there from signing in and small writes`() async throws {
        let world = try World()
        let (hog, teacher) = (try await world.student(), try await world.teacher())
        try await withServer(world) { server in
            var uploads: [RawConnection] = []
            for size in [63 << 20, (2 * 97 << 20) / 3 - (63 << 20) - 8] {
                let upload = try RawConnection(port: server.port)
                await upload.send(
                    RawRequest("POST", "/apply", token: hog.token).adding("Content-Length", "67108864")
                        .adding("Content-Type", "application/json").head)
                await upload.send([UInt8](repeating: 0x20, count: size))
                uploads.append(upload)
            }
            let answer = try await server.post(
                "/course", teacher.token,
                #"{"title":"Beside","description":"\#(String(repeating: "x", count: 10_000))"}"#)
            #expect(answer.status == 201, "\(answer.text.prefix(200))")
            let signIn = try await server.post(
                "/auth/login", nil, #"{"username":"nobody","password":"kuda laut di tepi"}"#)
            // Who has to wait for room gets 503.
            #expect(signIn.status == 401, "\(signIn.text.prefix(200))")
            withExtendedLifetime(uploads) {}
        }
    }

    @Test func `what was asked for without an account is not remembered, and nothing of an address is kept`() throws {
        let sizes = AnswerSizes()
        let page = AnswerSizes.Request(path: "/course", query: "x", account: UserID(rawValue: 7))
        sizes.note(1 << 20, of: nil, at: "/course")
        #expect(!sizes.wasLarge(at: "/course") && sizes.last(of: page) == nil)
        sizes.note(1 << 20, of: page, at: "/course")
        #expect(sizes.wasLarge(at: "/course") && sizes.last(of: page) == 1 << 20)
        let another = AnswerSizes.Request(path: "/course", query: "x", account: UserID(rawValue: 8))
        #expect(sizes.last(of: another) == nil)
        #expect(MemoryLayout<AnswerSizes.Request>.size == 16)
    }

    @Test func `who does not read gets no more than a share, and others read meanwhile`() async throws {
        let (world, teacher, student) = try await largeCourse()
        try await withServer(world) { server in
            var slow: [RawConnection] = []
            for _ in 0..<24 {
                let connection = try RawConnection(port: server.port, receiving: 2048)
                await connection.send(RawRequest("GET", page, token: student.token).bytes)
                slow.append(connection)
            }
            let other = try RawConnection(port: server.port, from: 9)
            await other.send(RawRequest("GET", page, token: teacher.token).bytes)
            let answer = try await other.receive()
            #expect(answer.status == 200 && answer.body.count > 3_000_000)
            #expect(try await server.get("/healthz").status == 200)
            var counts: [Int: Int] = [:]
            for connection in slow { counts[try await connection.receive().status, default: 0] += 1 }
            // 64 MiB in all, half of it for one.
            #expect(
                counts[200, default: 0] >= 6 && counts[200, default: 0] + counts[503, default: 0] == 24,
                "\(counts)")
        }
    }

    @Test func `what counts is what has left, not what was handed over`() async throws {
        let (world, _, student) = try await largeCourse()
        var options = ServerOptions.test
        options.limits.request = 1
        options.limits.bytesPerSecond = 256 << 10
        try await withServer(world, options) { server in
            let connection = try RawConnection(port: server.port, receiving: 2048)
            let start = ContinuousClock.now
            await connection.send(RawRequest("GET", page, token: student.token).bytes)
            // Of 4 MiB nothing is read: by the bytes that were made it would have 17 seconds.
            try await Task.sleep(for: .seconds(6))
            let rest = await connection.receiveToEnd()
            #expect(rest.map(\.count) ?? .max < 3_000_000)
            #expect(ContinuousClock.now - start < .seconds(12))
        }
    }

    @Test func `who keeps up with the slowest link reads to the end`() async throws {
        let (world, _, student) = try await largeCourse()
        var options = ServerOptions.test
        options.limits.request = 1
        options.limits.bytesPerSecond = 1 << 20
        try await withServer(world, options) { server in
            let connection = try RawConnection(port: server.port)
            await connection.send(RawRequest("GET", page, token: student.token).bytes)
            #expect(try await connection.receive().body.count > 3_000_000)
        }
    }

    @Test func `a whole body of the largest size finds room`() async throws {
        let load = ServerLoad(workers: 1, limits: ConnectionLimits())
        try await load.bodies.take(CourseFile.limit, for: Holder(address: "a", account: UserID(rawValue: 1)))
    }

    @Test func `a client that has closed its side is answered`() async throws {
        try await withServer { server in
            let connection = try RawConnection(port: server.port)
            await connection.send(RawRequest("GET", "/healthz").bytes)
            connection.endSending()
            #expect(try await connection.receive().status == 200)
            #expect(await connection.receiveToEnd() == [])
        }
    }

    @Test func `a chunk's extension without end does not keep a connection`() async throws {
        var options = ServerOptions.test
        options.limits.request = 1
        try await withServer(World(), options) { server in
            let connection = try RawConnection(port: server.port)
            await connection.send(
                "POST /auth/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;")
            for _ in 0..<20 {
                await connection.send(String(repeating: "x", count: 1000))
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(await connection.receiveToEnd() == [])
        }
    }
}
