internal import LMSCore
internal import LMSDatabase
internal import LMSText
internal import SystemPackage

/// Reads texts: from a file, or from standard input where the file is called `-`.
enum TextInput {
    /// One byte more than any text may have: a text of that length reaches the rule of the core, whose message is better.
    private static let limit = (1 << 20) + 1

    /// What standard input is called in messages.
    static let standardInput = "standard input"

    /// - Parameters:
    ///   - limit: One byte more than the text may have.
    ///   - purpose: What the text is for, so that a file that is something else gets the right advice.
    /// - Throws: `LMSError` `notFound` or `io` for a file that cannot be read, `malformed` for one that is no text,
    ///   with the line and the column, or what it is instead.
    static func read(
        path: String, _ console: Console, limit: Int = limit, wanted purpose: ForeignFile.Purpose = .text
    ) throws -> String {
        if path == "-" {
            let input = FileDescriptor(rawValue: console.streams.input)
            return try read(input, name: standardInput, limit: limit, wanted: purpose)
        }
        return try read(file: path, name: path, limit: limit, wanted: purpose)
    }

    /// - Parameter name: What the file is called in messages.
    static func read(
        file: String, name: String, limit: Int = limit, wanted purpose: ForeignFile.Purpose = .text
    ) throws -> String {
        let descriptor: FileDescriptor
        do {
            descriptor = try .open(file, .readOnly, options: .closeOnExec)
        } catch {
            throw failure(name, error)
        }
        defer { try? descriptor.close() }
        return try read(descriptor, name: name, limit: limit, wanted: purpose)
    }

    private static func read(
        _ descriptor: FileDescriptor, name: String, limit: Int, wanted purpose: ForeignFile.Purpose = .text
    ) throws -> String {
        let bytes = try bytes(descriptor, name: name, limit: limit, wanted: purpose)
        return try FileText.decoded(bytes, name: name, wanted: purpose)
    }

    static func bytes(
        _ descriptor: FileDescriptor, name: String, limit: Int, wanted purpose: ForeignFile.Purpose = .text
    ) throws -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try descriptor.readToEnd(limit: limit)
        } catch {
            throw failure(name, error)
        }
        guard bytes.count < limit else {
            try FileText.refuseForeign(bytes, name: name, wanted: purpose)
            throw LMSError(.tooLarge, "\(name) is too large: it may have at most \(limit - 1) bytes")
        }
        return bytes
    }

    private static func failure(_ name: String, _ error: any Error) -> LMSError {
        let error = error as? Errno ?? .ioError
        switch error {
        case .noSuchFileOrDirectory, .notDirectory:
            let slip = PathSlip(in: name)
            return LMSError(
                .notFound, "there is no file \(name)" + (slip.map { ": the path \($0.words)" } ?? ""),
                hint: slip?.hint, causes: [error.cause])
        case .isDirectory:
            return LMSError(.io, "\(name) is a folder, not a file", causes: [error.cause])
        default: return LMSError(.io, "cannot read \(name)", error)
        }
    }
}
