import LMSCore
import LMSTestSupport
import LMSText

@testable import LMSHTTP

/// A request as it goes over the wire.
struct RawRequest: Sendable {
    var method: String
    var target: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]?
    var isChunked = false

    /// - Parameter json: A body, with its content type.
    init(_ method: String, _ target: String, token: SessionToken? = nil, json: String? = nil) {
        self.method = method
        self.target = target
        if let token { headers.append(("Authorization", "Bearer \(token.secret)")) }
        if let json {
            headers.append(("Content-Type", "application/json"))
            body = Array(json.utf8)
        }
    }

    func adding(_ name: String, _ value: String) -> RawRequest {
        var request = self
        request.headers.append((name, value))
        return request
    }

    func chunked() -> RawRequest {
        var request = self
        request.isChunked = true
        return request
    }

    /// The request line and the headers.
    var head: String {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1"]
        lines += headers.map { "\($0.name): \($0.value)" }
        if isChunked {
            lines.append("Transfer-Encoding: chunked")
        } else if let body {
            lines.append("Content-Length: \(body.count)")
        }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    var bytes: [UInt8] {
        guard let body else { return Array(head.utf8) }
        guard isChunked else { return Array(head.utf8) + body }
        let end = Array("0\r\n\r\n".utf8)
        guard !body.isEmpty else { return Array(head.utf8) + end }
        return Array(head.utf8) + Array("\(String(body.count, radix: 16))\r\n".utf8) + body
            + Array("\r\n".utf8) + end
    }
}

extension RunningServer {
    /// Sends one request on a connection of its own.
    func send(_ request: RawRequest) async throws -> RawAnswer {
        let connection = try RawConnection(port: port)
        await connection.send(request.bytes)
        return try await connection.receive(toHead: request.method == "HEAD")
    }

    func get(_ target: String, _ token: SessionToken? = nil) async throws -> RawAnswer {
        try await send(RawRequest("GET", target, token: token))
    }

    func post(_ target: String, _ token: SessionToken? = nil, _ json: String? = nil) async throws -> RawAnswer {
        try await send(RawRequest("POST", target, token: token, json: json))
    }
}

extension RawRequest {
    /// A use case, sent by one route.
    ///
    /// - Parameter defaults: What the path needs and the use case has not: the course of a material.
    init(
        _ useCase: any UseCase, by route: Route, token: SessionToken?, defaults: [String: String] = [:]
    ) throws {
        let document = try JSONOutput.value(useCase)
        let inPath = route.path.parameters
        let rest = (document.members ?? []).filter {
            !inPath.contains($0.key) && !route.omitting.contains($0.key)
        }
        let path = route.path.path { document[$0]?.string ?? defaults[$0] }
        guard route.method.takesBody else {
            self.init(route.method.rawValue, path + QueryString.text(rest), token: token)
            return
        }
        let body = String(decoding: JSONOutput.bytes(.object(rest)), as: UTF8.self)
        self.init(route.method.rawValue, path, token: token, json: rest.isEmpty ? nil : body)
    }
}
