internal import Glibc
internal import SystemPackage

/// Rows that are kept in a file without a name, and can be read from the beginning several times. Memory does not grow
/// with their number.
package final class RowSpool {
    private let descriptor: FileDescriptor
    private var buffer: [UInt8] = []
    private var position = 0
    private static let chunk = 1 << 16

    /// - Throws: `DatabaseError` `diskFull` or `fileInaccessible` where no file can be made.
    package init() throws {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/lms-XXXXXX".utf8CString)
        let opened = mkstemp(&template)
        guard opened >= 0 else { throw Self.failure(.last) }
        _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
        descriptor = FileDescriptor(rawValue: opened)
        unlink(template)
    }

    deinit { try? descriptor.close() }

    package func append(_ row: Row) throws {
        write(UInt64(row.values.count))
        for value in row.values {
            switch value {
            case .null: buffer.append(0)
            case .integer(let integer):
                buffer.append(1)
                write(UInt64(bitPattern: integer))
            case .text(let text):
                buffer.append(2)
                write(UInt64(text.utf8.count))
                buffer.append(contentsOf: text.utf8)
            case .blob(let bytes):
                buffer.append(3)
                write(UInt64(bytes.count))
                buffer.append(contentsOf: bytes)
            }
        }
        if buffer.count >= Self.chunk { try flush() }
    }

    /// Marks the end of a table's rows.
    package func endTable() throws {
        write(UInt64.max)
        try flush()
    }

    /// Goes back to the first row.
    package func rewind() {
        lseek(descriptor.rawValue, 0, SEEK_SET)
        buffer = []
        position = 0
    }

    /// The values of the next row; `nil` at the end of a table's rows.
    package func next() throws -> [Value]? {
        let count = try readNumber()
        guard count != .max else { return nil }
        return try (0..<count).map { _ in
            switch try readBytes(1)[0] {
            case 0: return .null
            case 1: return .integer(Int64(bitPattern: try readNumber()))
            case 2: return .text(String(decoding: try readBytes(Int(try readNumber())), as: UTF8.self))
            default: return .blob(try readBytes(Int(try readNumber())))
            }
        }
    }

    // MARK: - Bytes

    private func write(_ number: UInt64) {
        withUnsafeBytes(of: number.littleEndian) { buffer.append(contentsOf: $0) }
    }

    private func flush() throws {
        do {
            try descriptor.writeAll(buffer)
        } catch let error as Errno {
            throw Self.failure(error)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func readNumber() throws -> UInt64 {
        try readBytes(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func readBytes(_ count: Int) throws -> [UInt8] {
        while buffer.count - position < count {
            buffer.removeFirst(position)
            position = 0
            var chunk = [UInt8](repeating: 0, count: max(Self.chunk, count - buffer.count))
            let read = try? chunk.withUnsafeMutableBytes { try descriptor.read(into: $0) }
            guard let read, read > 0 else { throw DatabaseError(.internal, "the spool ended early") }
            buffer += chunk.prefix(read)
        }
        defer { position += count }
        return Array(buffer[position..<(position + count)])
    }

    private static func failure(_ error: Errno) -> DatabaseError {
        DatabaseError(
            error == .noSpace ? .diskFull : .fileInaccessible, "a spool: \(error)",
            file: "the temporary folder", cause: error)
    }
}

extension Row {
    /// Whether these are its values, texts byte for byte.
    package func hasExactly(_ values: [Value]) -> Bool {
        self.values.count == values.count
            && zip(self.values, values).allSatisfy { own, other in
                guard case .text(let text) = own, case .text(let otherText) = other else {
                    return own == other
                }
                return text.utf8.elementsEqual(otherText.utf8)
            }
    }
}

extension Value: ValueConvertible {
    @inlinable package var databaseValue: Value { self }

    @inlinable package init?(databaseValue: Value) {
        self = databaseValue
    }
}
