import Foundation
import LMSTestSupport
import Synchronization

/// A plain socket to a server on loopback, over which a test sends exactly the bytes that it wants.
final class RawConnection: Sendable {
    private let descriptor: Int32
    /// What has come behind the answers that were read.
    private let rest = Mutex<[UInt8]>([])

    /// - Parameters:
    ///   - host: The last number of the loopback address to come from.
    ///   - receiving: How many bytes the kernel takes in before they are read.
    init(port: UInt16, from host: UInt32 = 1, receiving: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var receiving {
            setsockopt(
                descriptor, SOL_SOCKET, SO_RCVBUF, &receiving, socklen_t(MemoryLayout<Int32>.size))
        }
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var source = sockaddr_in()
        source.sin_family = sa_family_t(AF_INET)
        source.sin_addr.s_addr = (0x7f00_0000 + host).bigEndian
        let bound = Self.call(&source) { [descriptor] in bind(descriptor, $0, $1) }
        let result = Self.call(&address) { [descriptor] in connect(descriptor, $0, $1) }
        guard bound == 0, result == 0 else { throw Missing(what: "a connection to port \(port)") }
    }

    deinit { close(descriptor) }

    private static func call(
        _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// Sends bytes; stops in silence where the server has closed.
    func send(_ bytes: [UInt8]) async {
        await Self.offCallersThread { [descriptor] in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Says that nothing more will be sent.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    func send(_ text: String) async { await send(Array(text.utf8)) }

    /// The next answer.
    ///
    /// - Parameter toHead: Whether it has no body, whatever its headers say.
    func receive(toHead: Bool = false) async throws -> RawAnswer {
        try await Self.offCallersThread { [self] in
            Result {
                var reader = RawAnswerReader(rest.withLock { $0 }) { self.more() }
                defer { rest.withLock { $0 = reader.buffer } }
                return try reader.read(toHead: toHead)
            }
        }.get()
    }

    /// Everything until the server closes; `nil` where it does not.
    func receiveToEnd() async -> [UInt8]? {
        await Self.offCallersThread { [self] in
            var all: [UInt8] = []
            while let bytes = more() {
                if bytes.isEmpty { return all }
                all += bytes
            }
            return nil
        }
    }

    /// Some bytes; none at the end, `nil` where nothing comes.
    private func more() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        if count < 0 { return errno == ECONNRESET ? [] : nil }
        return Array(bytes.prefix(count))
    }

    /// The server answers on the threads that everybody shares, so nobody may wait there for it.
    private static func offCallersThread<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: body()) }
        }
    }
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
