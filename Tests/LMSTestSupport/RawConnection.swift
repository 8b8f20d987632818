package import Foundation
internal import Synchronization

/// A plain connection to a server on this machine, over which a test sends exactly the bytes that it wants.
///
/// Its calls wait, at most for `timeout` seconds.
package final class RawConnection: Sendable {
    private let descriptor: Int32
    /// What has come and was not read yet.
    private let rest = Mutex<[UInt8]>([])

    /// - Parameters:
    ///   - host: The last number of the loopback address to come from.
    ///   - receiving: How many bytes the kernel takes in before they are read.
    package init(port: UInt16, from host: UInt32 = 1, receiving: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        if var receiving {
            setsockopt(
                descriptor, SOL_SOCKET, SO_RCVBUF, &receiving, socklen_t(MemoryLayout<Int32>.size))
        }
        let isBound =
            host == 1 || Self.call(loopback(0, host: host)) { [descriptor] in bind(descriptor, $0, $1) }
        guard isBound, Self.call(loopback(port), { [descriptor] in connect(descriptor, $0, $1) }) else {
            throw Missing(what: "a connection to port \(port)")
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit { close(descriptor) }

    private static func call(
        _ address: sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Bool {
        withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// A request as its text.
    package static func request(
        _ method: String, _ target: String, token: String? = nil, body: String? = nil
    ) -> String {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost"]
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
        return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    }

    // MARK: - Sending

    package func send(_ text: String, timeout: Double = 20) throws {
        try send(Array(text.utf8), timeout: timeout)
    }

    /// Sends all of it, or throws where the server has closed or takes none of it in time.
    package func send(_ bytes: [UInt8], timeout: Double = 20) throws {
        let deadline = ContinuousClock.now + .seconds(timeout)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else if errno != EAGAIN {
                throw Missing(what: "a server that takes more than \(sent) bytes")
            } else if !wait(for: POLLOUT, until: deadline) {
                throw Missing(what: "a server that takes more than \(sent) bytes in \(timeout) s")
            }
        }
    }

    /// Says that nothing more will be sent.
    package func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    // MARK: - Receiving

    /// The next answer.
    ///
    /// - Parameter toHead: Whether it has no body, whatever its headers say.
    package func receive(toHead: Bool = false, timeout: Double = 20) throws -> RawAnswer {
        let deadline = ContinuousClock.now + .seconds(timeout)
        var reader = RawAnswerReader(rest.withLock { $0 }) { self.more(until: deadline) }
        defer { rest.withLock { $0 = reader.buffer } }
        return try reader.read(toHead: toHead)
    }

    /// The next answer; `nil` where none comes in time, or the connection ends before it is whole.
    package func answer(timeout: Double = 20) -> RawAnswer? { try? receive(timeout: timeout) }

    /// Everything until the server closes; `nil` where it does not.
    package func receiveToEnd(timeout: Double = 20) -> [UInt8]? {
        let deadline = ContinuousClock.now + .seconds(timeout)
        var all = rest.withLock { bytes in
            defer { bytes = [] }
            return bytes
        }
        while let bytes = more(until: deadline) {
            if bytes.isEmpty { return all }
            all += bytes
        }
        rest.withLock { [all] in $0 = all }
        return nil
    }

    /// Waits for the server to close.
    ///
    /// - Returns: Whether it did in time.
    package func waitForClose(timeout: Double) -> Bool { receiveToEnd(timeout: timeout) != nil }

    /// Some bytes; none at the end, `nil` where nothing comes in time.
    private func more(until deadline: ContinuousClock.Instant) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(descriptor, &bytes, bytes.count, 0)
            if count >= 0 { return Array(bytes.prefix(count)) }
            guard errno == EAGAIN else { return [] }
            guard wait(for: POLLIN, until: deadline) else { return nil }
        }
    }

    /// - Returns: Whether there was time left to wait in.
    private func wait(for events: Int32, until deadline: ContinuousClock.Instant) -> Bool {
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else { return false }
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        poll(&entry, 1, Int32(clamping: Int64(left / .milliseconds(1)) + 1))
        return true
    }
}

/// An address of this machine's own.
///
/// - Parameter host: Its last number.
package func loopback(_ port: UInt16, host: UInt32 = 1) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = (0x7f00_0000 + host).bigEndian
    return address
}

/// Cuts one answer out of what arrives.
private struct RawAnswerReader {
    let more: () -> [UInt8]?
    private(set) var buffer: [UInt8]

    init(_ buffer: [UInt8], _ more: @escaping () -> [UInt8]?) {
        self.buffer = buffer
        self.more = more
    }

    mutating func read(toHead: Bool) throws -> RawAnswer {
        let lines = try head()
        guard let status = lines.first.flatMap({ Int($0.dropFirst(9).prefix(3)) }) else {
            throw Missing(what: "a status line")
        }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                name: String(parts[0]),
                value: parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            )
        }
        func value(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
        if toHead || status == 100 { return RawAnswer(status: status, headers: headers, body: []) }
        if value("transfer-encoding") == "chunked" {
            return RawAnswer(status: status, headers: headers, body: try chunks())
        }
        let length = try Int(value("content-length") ?? "") ?? { throw Missing(what: "a length") }()
        return RawAnswer(status: status, headers: headers, body: try take(length))
    }

    private mutating func head() throws -> [String] {
        var lines: [String] = []
        while true {
            let line = try self.line()
            if line.isEmpty { return lines }
            lines.append(line)
        }
    }

    private mutating func line() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 0x0a) {
                let line = buffer[..<end]
                buffer.removeFirst(end + 1)
                return String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
            }
            try fill()
        }
    }

    private mutating func chunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            guard let size = Int(try line(), radix: 16) else { throw Missing(what: "the size of a chunk") }
            body += try take(size)
            _ = try line()
            if size == 0 { return body }
        }
    }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { try fill() }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    private mutating func fill() throws {
        guard let bytes = more(), !bytes.isEmpty else { throw Missing(what: "the rest of an answer") }
        buffer += bytes
    }
}
