import LMSTestSupport
import Testing

@testable import LMSHTTP

/// Requests that are sent before the one in front is answered.
@Suite struct PipeliningTests {
    private static let get = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let post =
        "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

    /// The statuses of all answers until the server closes.
    private func statuses(_ text: String) async throws -> [String] {
        try await withServer { server in
            let connection = try RawConnection(port: server.port)
            await connection.send(text)
            let answers = String(decoding: try #require(await connection.receiveToEnd()), as: UTF8.self)
            return answers.components(separatedBy: "HTTP/1.1 ").dropFirst().map { String($0.prefix(3)) }
        }
    }

    @Test func `are answered in their order, and the last one ends the connection`() async throws {
        let last = "GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        let text = String(repeating: Self.get, count: 100) + Self.post + last + Self.get
        #expect(try await statuses(text) == Array(repeating: "200", count: 100) + ["400", "404"])
    }

    @Test func `are answered where bytes follow that are no request`() async throws {
        #expect(try await statuses(Self.post + Self.get + "garbage\r\n\r\n") == ["400", "200", "400"])
    }

    @Test func `a client that has sent its last is answered`() async throws {
        try await withServer { server in
            let connection = try RawConnection(port: server.port)
            await connection.send(Self.get + Self.post + Self.get)
            connection.endSending()
            let answers = String(decoding: try #require(await connection.receiveToEnd()), as: UTF8.self)
            #expect(answers.components(separatedBy: "HTTP/1.1 ").count == 4, "\(answers)")
        }
    }
}
