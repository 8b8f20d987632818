internal import Foundation
internal import LMSCore
internal import LMSText

/// Reads texts: from a file, or from standard input where the file is called `-`.
enum TextInput {
    /// One byte more than any text may have, so that the rule about it can speak.
    private static let limit = (1 << 20) + 1

    /// What standard input is called in messages.
    static let standardInput = "standard input"

    /// - Parameters:
    ///   - limit: One byte more than the text may have.
    ///   - purpose: What the text is for, so that a file that is something else gets the right advice.
    /// - Throws: `LMSError` `notFound` or `io` for a file that cannot be read, `malformed` for one that is no text,
    ///   with the place, or what it is instead.
    static func read(
        path: String, _ console: Console, limit: Int = limit, wanted purpose: ForeignFile.Purpose = .text
    ) throws -> String {
        if path == "-" {
            return try read(console.streams.input, name: standardInput, limit: limit, wanted: purpose)
        }
        return try read(file: path, name: path, limit: limit, wanted: purpose)
    }

    /// - Parameter name: What the file is called in messages.
    static func read(
        file: String, name: String, limit: Int = limit, wanted purpose: ForeignFile.Purpose = .text
    ) throws -> String {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(name, errno) }
        defer { close(descriptor) }
        return try read(descriptor, name: name, limit: limit, wanted: purpose)
    }

    static func read(
        _ descriptor: Int32, name: String, limit: Int, wanted purpose: ForeignFile.Purpose = .text
    ) throws -> String {
        let bytes = try bytes(descriptor, name: name, limit: limit, wanted: purpose)
        return try FileText.decoded(bytes, name: name, wanted: purpose)
    }

    static func bytes(
        _ descriptor: Int32, name: String, limit: Int, wanted purpose: ForeignFile.Purpose = .text
    ) throws -> [UInt8] {
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
            try FileText.refuseForeign(bytes, name: name, wanted: purpose)
            throw LMSError(.tooLarge, "\(name) is too large: it may have at most \(limit - 1) bytes")
        }
        return bytes
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
