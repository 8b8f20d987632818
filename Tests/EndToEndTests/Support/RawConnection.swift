import Foundation
import Testing

/// An HTTP answer as it came.
struct RawAnswer {
    let status: Int
    let head: String
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? {
        head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            .map { $0.dropFirst(name.utf8.count + 1).trimmingCharacters(in: .whitespaces) }
    }
}

/// A connection to a port of this machine, on which a test writes what it likes.
final class RawConnection {
    let descriptor: Int32
    private var received: [UInt8] = []
    /// Whether the other end has closed.
    private(set) var isClosed = false

    init(port: UInt16) throws {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        descriptor = socket
        var address = loopback(port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) == 0 }
        }
        guard isConnected else { throw LaunchFailure(description: "no connection to port \(port)") }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    static func request(
        _ method: String, _ target: String, token: String? = nil, body: String? = nil,
        headers: [String] = []
    ) -> String {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost"] + headers
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }

    func send(_ text: String, timeout: Double = 20) throws { try send(Array(text.utf8), timeout: timeout) }

    /// Writes all of it, or throws where the other end has closed or takes none for so long.
    func send(_ bytes: [UInt8], timeout: Double = 20) throws {
        var sent = 0
        let start = ContinuousClock.now
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else if errno != EAGAIN {
                throw LaunchFailure(description: "the connection was closed after \(sent) bytes")
            } else if seconds(since: start) > timeout {
                throw LaunchFailure(description: "nobody took the rest after \(sent) bytes")
            } else {
                wait(for: POLLOUT, 0.05)
            }
        }
    }

    private func wait(for events: Int32, _ seconds: Double) {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        poll(&entry, 1, Int32(seconds * 1000))
    }

    /// Takes in what there is, waiting a moment for it.
    private func receive() {
        wait(for: POLLIN, 0.05)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 {
            received += buffer.prefix(count)
        } else if count == 0 || errno != EAGAIN {
            isClosed = true
        }
    }

    /// The next answer; `nil` where none comes in time, or the connection ends before it is whole.
    func answer(timeout: Double = 20) -> RawAnswer? {
        let start = ContinuousClock.now
        while true {
            if let answer = takeAnswer() { return answer }
            if isClosed || seconds(since: start) > timeout { return nil }
            receive()
        }
    }

    private func takeAnswer() -> RawAnswer? {
        let text = String(decoding: received, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let head = String(text[..<end.lowerBound])
        let words = head.split(separator: " ", maxSplits: 2)
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        let start = head.utf8.count + 4
        let probe = RawAnswer(status: status, head: head, body: [])
        let length = probe.header("content-length").flatMap { Int($0) } ?? 0
        guard received.count >= start + length else { return nil }
        let body = Array(received[start..<start + length])
        received.removeFirst(start + length)
        return RawAnswer(status: status, head: head, body: body)
    }

    /// Waits for the other end to close.
    ///
    /// - Returns: How long that took, in seconds; `nil` where it took longer than `limit`.
    func waitForClose(_ limit: Double) -> Double? {
        let start = ContinuousClock.now
        while !isClosed {
            if seconds(since: start) > limit { return nil }
            receive()
        }
        return seconds(since: start)
    }
}

func loopback(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return address
}
