internal import Glibc
internal import SystemPackage

/// What is at a path, found out before SQLite opens it.
///
/// Closing a descriptor on an open database drops SQLite's POSIX locks, so a file is looked at only
/// while this process has no connection to it.
package struct SQLiteFile: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// What the file holds, and whose it is.
    enum Content: Equatable {
        case missing
        case empty
        case database(applicationID: Int32)
        case foreign
    }

    /// Reads the header.
    ///
    /// The magic and the application id stand at bytes 0 and 68 of the header.
    /// Source: https://www.sqlite.org/fileformat2.html#the_database_header
    ///
    /// - Throws: `DatabaseError` of kind `fileInaccessible` where the file cannot be opened or read.
    func content() throws -> Content {
        // O_NONBLOCK: a named pipe must not make us wait.
        let descriptor: FileDescriptor
        do {
            descriptor = try .open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
        } catch Errno.noSuchFileOrDirectory {
            return .missing
        } catch let error as Errno {
            throw DatabaseError(.fileInaccessible, "open \(path): \(error)", cause: error)
        }
        defer { try? descriptor.close() }
        do {
            return try Self.content(descriptor)
        } catch let error as Errno {
            throw DatabaseError(.fileInaccessible, "read \(path): \(error)", cause: error)
        }
    }

    private static func content(_ descriptor: FileDescriptor) throws -> Content {
        let status = try descriptor.stat()
        guard status.type == .regular else { return .foreign }
        if status.size == 0 { return .empty }

        var header = [UInt8](repeating: 0, count: 100)
        let count = try header.withUnsafeMutableBytes { try descriptor.read(into: $0) }
        guard count == header.count, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            return .foreign
        }
        let id = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return .database(applicationID: Int32(bitPattern: id))
    }

    /// How the file can be opened.
    enum Access {
        case readWrite
        /// With the log and the shared memory that a writer left beside it.
        case readOnly
        /// Nobody writes: SQLite takes no locks and looks for no log.
        case immutable
    }

    /// Finds out whether the file and its folder can be written.
    ///
    /// A WAL database in a read-only folder opens only in the form that fits what stands beside it:
    /// `mode=ro` needs `-wal` and `-shm`; `immutable` would drop the rows of a `-wal`.
    var access: Access {
        isWritable(path) && isWritable(folder) ? .readWrite : accessForReading
    }

    /// How the file can be read so that nothing is left beside it.
    var accessForReading: Access {
        access("\(path)-wal", F_OK) == 0 ? .readOnly : .immutable
    }

    /// The path as a URI by which SQLite knows that nobody writes. Before it stands an empty host, without which a path with
    /// two slashes would begin with one.
    /// Source: https://www.sqlite.org/uri.html
    var immutableURI: String {
        var escaped = ""
        for byte in path.utf8 {
            let isPlain = byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") || isLetterOrDigit(byte)
            escaped += isPlain ? String(UnicodeScalar(byte)) : "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
        }
        return "file://\(escaped)?immutable=1"
    }

    private func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Whether something has the name, a broken link included.
    var exists: Bool {
        (try? Stat(path, followTargetSymlink: false)) != nil
    }

    var folder: String { OpenFolder.path(of: path) }

    private func isWritable(_ path: String) -> Bool {
        faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0
    }

    private func access(_ path: String, _ mode: Int32) -> Int32 {
        faccessat(AT_FDCWD, path, mode, AT_EACCESS)
    }
}
