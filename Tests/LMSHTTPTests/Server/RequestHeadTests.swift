import LMSCore
import LMSTestSupport
import NIOHTTP1
import Testing

@testable import LMSHTTP

/// What the headers of a request say.
@Suite struct RequestHeadTests {
    private func head(_ lines: [(String, String)], _ version: HTTPVersion = .http1_1) -> RequestHead {
        RequestHead(
            HTTPRequestHead(version: version, method: .POST, uri: "/course", headers: HTTPHeaders(lines)))
    }

    @Test(
        arguments: [
            ("1", 1), ("007", 7), ("65537", 65537), ("9223372036854775807", Int.max),
            ("9223372036854775808", Int.max), ("18446744073709551615", Int.max),
            ("18446744073709551616", Int.max), (String(repeating: "9", count: 400), Int.max),
        ])
    func `how long a body is`(text: String, count: Int) {
        let head = head([("Host", "a"), ("content-LENGTH", text)])
        #expect(head.refusal == nil && head.body == .announced(count))
    }

    /// Source: RFC 9112, section 3.2.2.
    @Test(
        arguments: [
            ("http://lms.school.id/course?q=a", "/course?q=a"), ("HTTPS://[::1]:8080/course", "/course"),
            ("http://a", "/"), ("http://a?q=b", "/?q=b"), ("/course", "/course"), ("/http://a", "/http://a"), ("*", "*"),
            ("ftp://a/course", "ftp://a/course"), ("", ""),
        ])
    func `a whole address is taken for its path`(written: String, target: String) {
        let head = RequestHead(
            HTTPRequestHead(version: .http1_1, method: .GET, uri: written, headers: ["Host": "a"]))
        #expect(head.target == target)
    }

    @Test func `no body has no length`() {
        #expect(head([("Host", "a")]).body == .none)
        #expect(head([("Host", "a"), ("Content-Length", "00")]).body == .none)
        #expect(head([("Host", "a"), ("Transfer-Encoding", "Chunked")]).body == .chunked)
    }

    private static let wrong: [[(String, String)]] =
        ["", "+1", "-1", "1, 2", "1,1", "1 2", "0x10", "1e3", "1.0", "١", "Infinity"].map {
            [("Host", "a"), ("Content-Length", $0)]
        }
        + ["gzip, chunked", "chunked, gzip", "chunked, chunked", "identity", "", "chunked;x", "xchunked"].map {
            [("Host", "a"), ("Transfer-Encoding", $0)]
        }
        + ["", " ", "a b", "a/b", "a@b", "http://a", "a:x", "a:1234567", "a:1:2", "[::1", "é", "a\\b", ":80"]
        .map {
            [("Host", $0)]
        } + [
            [("Host", "a"), ("Content-Length", "5"), ("Content-Length", "5")],
            [("Host", "a"), ("Content-Length", "5"), ("content-length", "6")],
            [("Host", "a"), ("Content-Length", "5"), ("Transfer-Encoding", "chunked")],
            [("Host", "a"), ("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "chunked")],
            [("Host", "a"), ("HOST", "a")], [("Host", "a"), ("Host", "b")], [],
        ]

    @Test(arguments: wrong.indices)
    func `what cannot be told apart is refused, and ends the connection`(index: Int) {
        let head = head(Self.wrong[index])
        #expect(head.refusal?.code == .malformed && head.closes, "\(Self.wrong[index])")
        #expect(head.refusal?.message.isEmpty == false)
    }

    @Test(arguments: ["a", "127.0.0.1:8080", "[::1]:8080", "[2001:db8::1]", "lms.example.org:", "a_b-c.d~"])
    func `hosts`(host: String) {
        #expect(head([("Host", host)]).refusal == nil)
    }

    @Test func `an older client needs no host, and keeps its connection only where it says so`() {
        #expect(head([], .http1_0).refusal == nil)
        #expect(head([], .http1_0).closes)
        #expect(!head([("Connection", "Keep-Alive")], .http1_0).closes)
        #expect(head([("Host", "a"), ("Host", "a")], .http1_0).refusal != nil)
        #expect(head([("Transfer-Encoding", "chunked")], .http1_0).refusal != nil)
        #expect(!head([("Host", "a")]).closes)
        #expect(head([("Host", "a"), ("Connection", "upgrade, Close")]).closes)
        #expect(!head([("Content-Length", "5"), ("Expect", "100-continue")], .http1_0).expectsContinue)
    }

    @Test func `a wish for another protocol is the last on its connection`() {
        #expect(head([("Host", "a"), ("Connection", "keep-alive, Upgrade"), ("Upgrade", "h2c")]).closes)
        // Without the other one it says nothing.
        #expect(!head([("Host", "a"), ("Upgrade", "h2c")]).closes)
        #expect(!head([("Host", "a"), ("Connection", "upgrade")]).closes)
        let connect = HTTPRequestHead(
            version: .http1_1, method: .CONNECT, uri: "a:80", headers: HTTPHeaders([("Host", "a:80")]))
        #expect(RequestHead(connect).closes)
    }

    @Test(
        arguments: [
            "Connection", "Content-Type", "Expect", "Purpose", "Authorization", "X-Forwarded-For",
            "Transfer-Encoding", "Upgrade",
        ])
    func `what is read here has the signs of ASCII alone`(name: String) {
        let marks = String(repeating: "\u{315}", count: 3000) + String(repeating: "\u{316}", count: 3000)
        let start = ContinuousClock.now
        let head = head([("Host", "a"), (name, "a" + marks)])
        #expect(head.refusal?.code == .malformed && head.closes)
        #expect(ContinuousClock.now - start < .milliseconds(50))
        #expect(self.head([("Host", "a"), ("X-Name", "a" + marks)]).refusal == nil)
    }

    @Test func `a token counts where it stands alone`() throws {
        let secret = "lms_" + String(repeating: "A", count: 43)
        #expect(head([("authorization", "bearer \(secret)")]).token?.secret == secret)
        #expect(head([("Authorization", "Basic \(secret)")]).token == nil)
        let two = head([("Authorization", "Bearer \(secret)"), ("Authorization", "Bearer \(secret)")])
        #expect(two.token == nil && two.hasAuthorization)
    }

    @Test func `a body is JSON where one header says so`() {
        let json = ("Content-Type", "Application/JSON; charset=\"UTF-8\"")
        #expect(head([json]).isJSON)
        #expect(!head([json, json]).isJSON)
        #expect(!head([json, ("Content-Encoding", "gzip")]).isJSON)
        #expect(!head([("Content-Type", "application/json; charset=latin1")]).isJSON)
        #expect(!head([]).isJSON)
    }
}
