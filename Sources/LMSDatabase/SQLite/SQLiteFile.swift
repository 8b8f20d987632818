internal import Foundation

/// What is at a path, found out before SQLite opens it.
///
/// Closing a descriptor on an open database drops SQLite's POSIX locks, so a file is looked at only
/// while this process has no connection to it.
package struct SQLiteFile: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// Who the file belongs to.
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
    /// - Throws: `DatabaseError` of kind `unreadable` where the file cannot be opened or read.
    func content() throws -> Content {
        // O_NONBLOCK: a named pipe must not make us wait.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return .missing }
            throw DatabaseError(.fileInaccessible, "open \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }

        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw DatabaseError(.fileInaccessible, "stat \(path): \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { return .foreign }
        if status.st_size == 0 { return .empty }

        var header = [UInt8](repeating: 0, count: 100)
        let count = read(descriptor, &header, header.count)
        guard count >= 0 else {
            throw DatabaseError(.fileInaccessible, "read \(path): \(String(cString: strerror(errno)))")
        }
        guard count == header.count, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            return .foreign
        }
        let id = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return .database(applicationID: Int32(bitPattern: id))
    }

    /// How the file can be opened.
    enum Access {
        case readWrite
        /// Through the shared memory that a writer left beside it.
        case readOnly
        /// With no writer anywhere: SQLite takes no locks and looks for no log.
        case immutable
    }

    /// Finds out whether the file and its folder can be written.
    ///
    /// A WAL database in a read-only folder opens only in the form that fits what stands beside it:
    /// `mode=ro` needs `-wal` and `-shm`; `immutable` would drop the rows of a `-wal`.
    var access: Access {
        isWritable(path) && isWritable(folder) ? .readWrite : accessForReading
    }

    /// How to read the file without a trace beside it.
    var accessForReading: Access {
        access("\(path)-wal", F_OK) == 0 ? .readOnly : .immutable
    }

    /// Whether something has the name, a broken link included.
    var exists: Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    var folder: String {
        (path as NSString).deletingLastPathComponent
    }

    private func isWritable(_ path: String) -> Bool {
        faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0
    }

    private func access(_ path: String, _ mode: Int32) -> Int32 {
        faccessat(AT_FDCWD, path, mode, AT_EACCESS)
    }
}
