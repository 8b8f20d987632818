import Foundation
import Testing

extension Robustness {
    @Suite struct UntrustedServer {}
}

/// What a server answers is input like any other.
extension Robustness.UntrustedServer {
    private static let token = "lms_" + String(repeating: "t", count: 43)

    /// Runs `lms` against a server that answers so.
    private func run(
        _ words: [String], input: String = "",
        _ answer: @escaping @Sendable (Int, String) -> FakeServer.Answer
    ) throws -> (outcome: Outcome, requests: [String]) {
        let scene = try ProgramScene()
        let server = try FakeServer(answer: answer)
        defer { server.stop() }
        let outcome = try scene.run(
            scene.launch(
                words + ["--server", server.origin], database: nil, token: Self.token, input: input))
        return (outcome, server.requests)
    }

    private static func course(_ title: String = "Biology", id: String = "1") -> String {
        #"{"id":\#(id),"code":"BIO","title":"\#(title)","teacher":"ani","release_date":"2026-01-01","#
            + #""enrollment":"open","students":0,"status":null,"teacher_id":1,"description":null}"#
    }

    @Test(arguments: [
        ".bash_profile", ".ssh/authorized_keys", "Makefile", "materials/../x.md", "materials/.x.md",
        "materials/-rf.md", "materials/a\\nb.md", "materials/x/y.md", "materials/x.sh", "",
    ])
    func `an export has no other files than ours`(_ name: String) throws {
        for (file, attachment) in [("course.yaml", name), (name, "materials/x.md")] {
            let scene = try ProgramScene()
            let server = try FakeServer { _, _ in
                FakeServer.page(
                    "200 OK",
                    #"{"name":"\#(file)","text":"course: x\n","attachments":[{"path":"\#(attachment)","text":"x"}]}"#
                )
            }
            defer { server.stop() }
            let outcome = try scene.run(
                scene.launch(
                    ["export", "x", "--dir", scene.path("out"), "--server", server.origin], database: nil,
                    token: Self.token))
            expectRefused(outcome, 65, "nothing was written")
            #expect(!FileManager.default.fileExists(atPath: scene.path("out")))
        }
    }

    @Test func `an honest answer is taken`() throws {
        let (outcome, _) = try run(["course", "show", "BIO", "--json"]) { _, _ in
            FakeServer.page("200 OK", Self.course())
        }
        #expect(outcome.status == 0 && outcome.output.contains("\"title\":\"Biology\""), "\(outcome)")
    }

    @Test(arguments: [
        "<html><body>Welcome to the hotel's Wi-Fi</body></html>", "", "null", "[]", "{}", "42", "{", "\u{0}",
        #"{"items":[],"next":null}"#, course(id: "\"1\""), course(id: "1.5"),
        course(id: "99999999999999999999"), course(id: "1e400"), course(id: "[1]"), course() + course(),
        String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 50_000),
        #"{"id":1,"id":2}"#, "{\"title\":\"\u{fffd}",
    ])
    func `nonsense is said to be nonsense`(_ body: String) throws {
        for (type, words) in [
            ("application/json", ["course", "show", "BIO"]), ("text/html", ["course", "show", "BIO"]),
        ] {
            let (outcome, requests) = try run(words) { _, _ in FakeServer.page("200 OK", body, type: type) }
            expectRefused(outcome, 69, "does not understand")
            #expect(requests.count == 1)
        }
        // Something may have been changed by then.
        let (outcome, requests) = try run(["course", "create", "T"]) { _, _ in
            FakeServer.page("201 Created", body)
        }
        expectRefused(outcome, 69, "it may have been done")
        #expect(requests.count == 1)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\nContent-Type: application/json\r\n\r\n{\"id\":1,",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id", "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n", "SSH-2.0-OpenSSH_9.6\r\n",
        "\u{0}\u{1}",
        "HTTP/9.9 999 ?\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n", "",
        "HTTP/1.1 500 Oops\r\nContent-Length: 15\r\nContent-Type: text/html\r\n\r\n<html>Oh</html>",
        "HTTP/1.1 401 No\r\nContent-Length: 2\r\nContent-Type: application/problem+json\r\n\r\n{}",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\nContent-Type: text/html\r\n\r\nnot found",
    ])
    func `broken answers are survived`(_ text: String) throws {
        let (outcome, requests) = try run(["course", "show", "BIO"]) { _, _ in .text(text) }
        expectRefused(outcome, 69)
        #expect((1...3).contains(requests.count))
        #expect(outcome.duration < 10)
        let (written, writes) = try run(["course", "create", "T"]) { _, _ in .text(text) }
        expectRefused(written, 69)
        #expect(writes.count == 1, "a write was sent \(writes.count) times")
    }

    @Test func `what a server says reaches no terminal raw`() throws {
        let bad = #"Bio\u001b[31m\u0007\u009b2J\u202e\r\nlms: all is well"#
        for format in ["table", "tsv", "csv", "json", "ids"] {
            let (outcome, _) = try run(["course", "show", "BIO", "--format", format]) { _, _ in
                FakeServer.page("200 OK", Self.course(bad))
            }
            expectNothingRaw(outcome)
        }
        let problem =
            #"{"type":"about:blank","title":"x","status":409,"code":"conflict","detail":"\#(bad)","#
            + #""hint":"\#(bad)"}"#
        for flags in [[], ["--json"]] {
            let (outcome, _) = try run(["course", "create", "T"] + flags) { _, _ in
                FakeServer.page("409 Conflict", problem, type: "application/problem+json")
            }
            #expect(outcome.status == 73, "\(outcome)")
            expectNothingRaw(outcome)
            expectRefused(outcome, 73)
        }
    }

    private func expectNothingRaw(_ outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation) {
        for scalar in (outcome.output + outcome.errors).unicodeScalars {
            let isRaw =
                (scalar.value < 0x20 && scalar != "\n" && scalar != "\t")
                || (0x7f...0x9f).contains(scalar.value)
                || scalar.value == 0x202e
            #expect(!isRaw, "\(outcome)", sourceLocation: sourceLocation)
            if isRaw { return }
        }
        let isForged = (outcome.output + "\n" + outcome.errors).contains("\nlms: all is well")
        #expect(!isForged, "\(outcome)", sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", "[1,2,3,4,5,6,7,8]"),
        ("HTTP/1.1 200 OK\r\n", "X-Filler: abcdefghijklmnopqrstuvwxyz\r\n"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "1000\r\n\(String(repeating: "x", count: 4096))\r\n"
        ),
        ("HTTP/1.1 500 No\r\nContent-Type: application/problem+json\r\n\r\n", "          "),
    ])
    func `an endless answer has an end`(_ head: String, _ filler: String) throws {
        let (outcome, requests) = try run(["course", "show", "BIO"]) { _, _ in .endless(head: head, filler) }
        expectRefused(outcome, 69)
        #expect(outcome.duration < 20, "\(outcome.duration)")
        #expect((1...3).contains(requests.count))
    }

    @Test func `a question is asked again`() throws {
        let (outcome, requests) = try run(["course", "show", "BIO", "-q"]) { number, _ in
            number < 3 ? .nothing : FakeServer.page("200 OK", Self.course())
        }
        #expect(outcome.status == 0 && outcome.word == "1", "\(outcome)")
        #expect(requests.count == 3)
        let (dry, asked) = try run(["course", "delete", "BIO", "-n"]) { _, _ in .nothing }
        expectRefused(dry, 69)
        #expect(!dry.errors.contains("done"), "\(dry)")
        #expect(asked.allSatisfy { $0.contains("dry_run=true") } && (1...3).contains(asked.count))
    }

    @Test(arguments: [
        ["course", "create", "T"], ["course", "edit", "BIO", "--title", "T"],
        ["course", "delete", "BIO", "--yes"],
        ["course", "join", "BIO"], ["course", "leave", "BIO"], ["material", "delete", "1", "--yes"],
        ["logout"],
        ["roster", "add", "BIO", "siti"], ["token", "create", "--label", "CI"],
    ])
    func `a write is sent once`(_ words: [String]) throws {
        let (outcome, requests) = try run(words) { _, _ in .nothing }
        expectRefused(outcome, 69, "it may have been done")
        #expect(requests.count == 1, "\(requests.count)")
    }

    /// A proxy that lost its server may have lost it after the write.
    @Test(arguments: ["502 Bad Gateway", "504 Gateway Timeout"])
    func `a proxy that lost its server says nothing of the write`(_ status: String) throws {
        let page = FakeServer.page(status, "<html><h1>Oh</h1></html>", type: "text/html")
        for words in [
            ["course", "create", "T"], ["course", "join", "BIO"], ["course", "delete", "BIO", "--yes"],
        ] {
            let (outcome, requests) = try run(words) { _, _ in page }
            expectRefused(outcome, 69, "it may have been done")
            #expect(requests.count == 1)
        }
        let (read, _) = try run(["course", "show", "BIO"]) { _, _ in page }
        expectRefused(read, 69)
        #expect(!read.errors.contains("done"), "\(read)")
    }

    @Test func `a server that is not there is said so soon`() throws {
        let gone = try FakeServer()
        gone.stop()
        let scene = try ProgramScene()
        for words in [["course", "list"], ["course", "create", "T"], ["logout"]] {
            let outcome = try scene.run(
                scene.launch(words + ["--server", gone.origin], database: nil, token: Self.token))
            expectRefused(outcome, 69, gone.origin)
            #expect(!outcome.errors.contains("done"), "\(outcome)")
            #expect(outcome.duration < 2, "\(outcome.duration)")
        }
        let nowhere = try scene.remote("https://nobody.invalid", "whoami", token: Self.token)
        expectRefused(nowhere, 69)
        #expect(nowhere.duration < 10, "\(nowhere.duration)")
    }
}
