internal import Foundation
internal import LMSCore

/// Reads texts: from a file, or from standard input where the file is called `-`.
enum TextInput {
    /// One byte more than any text may have, so that the rule about it can speak.
    private static let limit = (1 << 20) + 1

    /// What standard input is called in messages.
    static let standardInput = "standard input"

    /// - Parameter limit: One byte more than the text may have.
    /// - Throws: `LMSError` `notFound` or `io` for a file that cannot be read, `malformed` with the
    ///   position for one that is no text.
    static func read(path: String, _ console: Console, limit: Int = limit) throws -> String {
        if path == "-" { return try read(console.streams.input, name: standardInput, limit: limit) }
        return try read(file: path, name: path, limit: limit)
    }

    /// - Parameter name: What the file is called in messages.
    static func read(file: String, name: String, limit: Int = limit) throws -> String {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(name, errno) }
        defer { close(descriptor) }
        return try read(descriptor, name: name, limit: limit)
    }

    static func read(_ descriptor: Int32, name: String, limit: Int) throws -> String {
        let bytes = try bytes(descriptor, name: name, limit: limit)
        try check(bytes, name: name)
        let mark = Array("\u{feff}".utf8)
        // A byte order mark says how a file is written, and is no part of its text.
        return String(
            decoding: bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...], as: UTF8.self)
    }

    static func bytes(_ descriptor: Int32, name: String, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < limit {
            let count = Foundation.read(descriptor, &buffer, min(buffer.count, limit - bytes.count))
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(name, errno)
            }
            bytes += buffer.prefix(count)
        }
        guard bytes.count < limit else {
            throw LMSError(.tooLarge, "\(name) is too large: it may have at most \(limit - 1) bytes")
        }
        return bytes
    }

    /// - Throws: `LMSError` `malformed` with the position where the bytes are no text.
    static func check(_ bytes: [UInt8], name: String) throws {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            // The longest valid part is what decoding leaves unchanged.
            let mended = Array(String(decoding: bytes, as: UTF8.self).utf8)
            let offset = zip(bytes, mended).prefix { $0 == $1 }.count
            throw LMSError(.malformed, "\(name):\(position(of: offset, in: bytes)): this is not UTF-8 text")
        }
        if let offset = bytes.firstIndex(of: 0) {
            throw LMSError(.malformed, "\(name):\(position(of: offset, in: bytes)): this is a NUL, not text")
        }
    }

    /// `LINE:COLUMN`, both from 1, the column in Unicode scalars.
    private static func position(of offset: Int, in bytes: [UInt8]) -> String {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1
        return "\(line):\(column)"
    }

    private static func failure(_ name: String, _ code: Int32) -> LMSError {
        switch code {
        case ENOENT, ENOTDIR:
            let slip = PathSlip(in: name)
            return LMSError(
                .notFound, "there is no file \(name)" + (slip.map { ": the path \($0.words)" } ?? ""),
                hint: slip?.hint)
        case EISDIR: return LMSError(.io, "\(name) is a folder, not a file")
        default: return LMSError(.io, "cannot read \(name): \(String(cString: strerror(code)))")
        }
    }
}
