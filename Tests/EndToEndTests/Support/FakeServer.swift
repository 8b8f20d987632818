import Foundation
import LMSTestSupport

/// A server of a test's own on a port of this machine: it keeps what it gets and answers as it is told.
///
/// `lock` guards what changes.
final class FakeServer: @unchecked Sendable {
    let port: UInt16
    private let listener: Int32
    private let answer: @Sendable (_ number: Int, _ request: String) -> Answer
    private let lock = NSLock()
    private var heard: [String] = []
    private var isOver = false
    private let done = DispatchGroup()

    enum Answer {
        /// These bytes, then the end of the connection.
        case text(String)
        /// These bytes again and again, until the client has enough.
        case endless(head: String, String)
        case nothing
    }

    /// - Parameter answer: Gets the number of the connection, from 1, and what came on it.
    init(answer: @escaping @Sendable (_ number: Int, _ request: String) -> Answer = { _, _ in .nothing })
        throws
    {
        self.answer = answer
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && listen(socket, 64) == 0
                    && getsockname(socket, $0, &size) == 0
            }
        }
        guard isOpen else { throw LaunchFailure(description: "no port can be had") }
        listener = socket
        port = UInt16(bigEndian: address.sin_port)
        DispatchQueue.global().async(group: done) { self.serve() }
    }

    /// Ends it. A test must call this.
    func stop() {
        lock.withLock { isOver = true }
        done.wait()
        close(listener)
    }

    var origin: String { "http://127.0.0.1:\(port)" }
    /// The requests that came, each as far as it did; an empty text for a connection without one.
    var requests: [String] { lock.withLock { heard } }

    private func serve() {
        while !lock.withLock({ isOver }) {
            var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 20) > 0 else { continue }
            let client = accept(listener, nil, nil)
            guard client >= 0 else { continue }
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            let request = read(client)
            let number = lock.withLock {
                heard.append(request)
                return heard.count
            }
            write(answer(number, request), to: client)
            shutdown(client, Int32(SHUT_WR))
            close(client)
        }
    }

    /// Reads one request with its body, or what comes within two seconds.
    private func read(_ client: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let start = ContinuousClock.now
        while seconds(since: start) < 2 {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.range(of: "\r\n\r\n") {
                let length =
                    text.firstMatch(of: /(?i)content-length: ([0-9]+)/).flatMap { Int($0.output.1) } ?? 0
                if text[end.upperBound...].utf8.count >= length { break }
            }
            var entry = pollfd(fd: client, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 50) > 0 else { continue }
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(_ answer: Answer, to client: Int32) {
        func put(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            return Foundation.send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        }
        switch answer {
        case .nothing: break
        case .text(let text): _ = put(text)
        case .endless(let head, let text):
            guard put(head) else { return }
            let block = String(repeating: text, count: max(1, (1 << 16) / max(1, text.utf8.count)))
            while !lock.withLock({ isOver }), put(block) {}
        }
    }

    /// An answer with its length.
    static func page(
        _ status: String = "200 OK", _ body: String, type: String = "application/json", headers: [String] = []
    ) -> Answer {
        .text(
            (["HTTP/1.1 \(status)", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] + headers)
                .joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}
