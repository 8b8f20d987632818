import Foundation
import LMSTestSupport
import Testing

extension Robustness {
    @Suite struct Memory {}
}

extension Robustness.Memory {
    /// Nobody is signed in; together they send 240 MiB.
    @Test(arguments: ["9223372036854775808", "67108864", "chunked"])
    func `strangers take no memory`(_ length: String) throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let server = try ServerProcess(scene)
        let framing =
            length == "chunked" ? "Transfer-Encoding: chunked" : "Content-Length: \(length)"
        let block = String(repeating: "x", count: 1 << 20)
        let group = DispatchGroup()
        for _ in 0..<12 {
            DispatchQueue.global().async(group: group) {
                guard let connection = try? server.connect() else { return }
                let token = "lms_" + String(repeating: "A", count: 43)
                try? connection.send(
                    "POST /apply HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n"
                        + "Content-Type: application/json\r\n\(framing)\r\n\r\n")
                for _ in 0..<20 {
                    let part = length == "chunked" ? "100000\r\n\(block)\r\n" : block
                    guard (try? connection.send(part, timeout: 5)) != nil else { break }
                }
            }
        }
        group.wait()
        #expect(try server.peakMemory < 150, "MiB, for \(length)")
        #expect(try server.request("GET", "/healthz").status == 200)
        server.stop()
    }

    /// Behind such a request the decoder would keep whatever comes.
    @Test(arguments: [
        "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
    ])
    func `another protocol takes no memory`(_ request: String) throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let server = try ServerProcess(scene)
        let connection = try server.connect()
        try connection.send(request)
        #expect(connection.answer() != nil)
        for _ in 0..<200 {
            guard (try? connection.send([UInt8](repeating: 0x78, count: 1 << 20), timeout: 5)) != nil else {
                break
            }
        }
        #expect(try server.peakMemory < 150, "MiB")
        server.stop()
    }

    /// Each asks for a page of 4 MiB, and reads nothing of it. That another page there was large tells nothing of this one.
    @Test(arguments: [false, true])
    func `slow readers take a share of memory`(_ wasAnotherPageRead: Bool) throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "Large", token: token)
        let file = scene.path("text")
        try scene.write([UInt8](repeating: 0x78, count: 1_048_000), to: file)
        for number in 0..<4 {
            try scene.lms("material", "add", "1", "\(number)", "--description-file", file, token: token)
        }
        let server = try ServerProcess(scene)
        if wasAnotherPageRead {
            #expect(try server.request("GET", "/course/1/material?limit=3", token: token).status == 200)
        }
        let request = RawConnection.request("GET", "/course/1/material?limit=1000", token: token)
        let connections = try (0..<80).map { _ in
            let connection = try server.connect()
            try connection.send(request)
            return connection
        }
        #expect(try server.request("GET", "/healthz").status == 200)
        var statuses: Set<Int> = []
        for connection in connections.reversed() {
            guard let answer = connection.answer(timeout: 40) else { continue }
            statuses.insert(answer.status)
        }
        // Those who came last were told to come back; nobody was told anything else.
        #expect(statuses == [200, 503], "\(statuses)")
        #expect(try server.peakMemory < 300, "MiB")
        server.stop()
    }
}
