import LMSCore
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// Requests that do not say where they end.
///
/// Over the wire: what `RequestHeadTests` shows of headers alone.
@Suite struct FramingTests {
    @Test(
        arguments: [
            "Host: a\r\nHost: b\r\n", "Host: a\r\nHost: a\r\n", "", "Host: a b\r\n",
            "Host: a\r\nTransfer-Encoding: gzip, chunked\r\n", "Host: a\r\nTransfer-Encoding: identity\r\n",
            "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "Host: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n", "Host: a\r\nContent-Length: 5, 6\r\n",
            "Host: a\r\nContent-Length: +5\r\n", "Host: a\r\nContent-Length: \r\n",
            "Host: a\r\nContent-Length: 99999999999999999999\r\n",
        ])
    func `are refused, and nothing behind them is read as a request`(headers: String) async throws {
        try await withServer { server in
            let connection = try RawConnection(port: server.port)
            await connection.send(
                "POST /auth/login HTTP/1.1\r\n\(headers)\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
            )
            let text = String(decoding: try #require(await connection.receiveToEnd()), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 400 ") && !text.contains(" 200 "), "\(text)")
            #expect(text.components(separatedBy: "HTTP/1.1 ").count == 2, "one answer: \(text)")
            #expect(text.lowercased().contains("connection: close"))
        }
    }

    @Test(arguments: ["9223372036854775807", "9223372036854775808", "18446744073709551615", "67108865"])
    func `a length that fits nothing is 413 at the first look, signed in or not`(length: String) async throws {
        let world = try World()
        let token = try await world.teacher().token
        let nobody = try #require(SessionToken("lms_" + String(repeating: "A", count: 43)))
        try await withServer(world) { server in
            for token in [token, nobody, nil] {
                for path in ["/apply", "/course", "/course/1/enrollment", "/auth/login", "/nowhere"] {
                    let connection = try RawConnection(port: server.port)
                    await connection.send(
                        RawRequest("POST", path, token: token).adding("Content-Length", length)
                            .adding("Content-Type", "application/json").head)
                    expectProblem(.tooLarge, try await connection.receive(), "\(path)")
                    #expect(await connection.receiveToEnd() == [])
                }
            }
        }
    }

    @Test(
        arguments: [
            "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
            "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
        ])
    func `a wish for another protocol is answered as HTTP, and what follows is read by nobody`(request: String) async throws {
        try await withServer { server in
            let connection = try RawConnection(port: server.port)
            await connection.send(request)
            await connection.send([UInt8](repeating: 0x78, count: 8 << 20))
            let text = String(decoding: try #require(await connection.receiveToEnd()), as: UTF8.self)
            #expect(text.components(separatedBy: "HTTP/1.1 ").count == 2, "one answer: \(text)")
            #expect(text.lowercased().contains("connection: close"), "\(text)")
            #expect(try await server.get("/healthz").status == 200)
        }
    }

    @Test func `a client that asks first sends its body only where it is wanted`() async throws {
        let world = try World()
        let token = try await world.teacher().token
        let nobody = try #require(SessionToken("lms_" + String(repeating: "A", count: 43)))
        let body = #"{"title":"Asked for","description":"\#(String(repeating: "x", count: 5000))"}"#
        try await withServer(world) { server in
            for (token, status) in [(token, 100), (nobody, 401), (nil, 401)] {
                let connection = try RawConnection(port: server.port)
                await connection.send(
                    RawRequest("POST", "/course", token: token, json: body)
                        .adding("Expect", "100-continue").head)
                let first = try await connection.receive()
                #expect(first.status == status)
                if status == 100 {
                    await connection.send(body)
                    #expect(try await connection.receive().status == 201)
                } else {
                    #expect(await connection.receiveToEnd() == [])
                }
            }
            let connection = try RawConnection(port: server.port)
            await connection.send(
                RawRequest("POST", "/apply", token: token).adding("Content-Length", "9223372036854775808")
                    .adding("Expect", "100-continue").head)
            #expect(try await connection.receive().status == 413)
        }
    }

    @Test(arguments: ["GET", "trailer", "target", "name"])
    func `headers and trailers without end are cut off`(kind: String) async throws {
        try await withServer { server in
            let connection = try RawConnection(port: server.port)
            let beginning =
                switch kind {
                case "trailer":
                    "POST /auth/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
                case "target": "GET /"
                default: "GET /healthz HTTP/1.1\r\nHost: a\r\n"
                }
            await connection.send(beginning)
            let block = String(repeating: "a", count: 1000)
            for number in 0..<200 {
                await connection.send(kind == "target" || kind == "name" ? block : "x\(number): \(block)\r\n")
            }
            let text = String(decoding: try #require(await connection.receiveToEnd()), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 400 ") || text.isEmpty, "\(text)")
            #expect(try await server.get("/healthz").status == 200)
        }
    }
}
