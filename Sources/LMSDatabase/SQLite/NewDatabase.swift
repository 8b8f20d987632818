internal import CSQLite
internal import Glibc
internal import SystemPackage

/// A database that is made in a file without a name, and gets its name when it is whole. So other processes see all of it
/// or nothing, and a process that is killed before leaves nothing behind.
package struct NewDatabase: Sendable {
    /// To be used until `finish`, and no longer than this value lives.
    package let database: SQLiteDatabase
    private let file: UnnamedFile
    private let folder: OpenFolder
    private let path: String

    /// - Parameter path: The path that the database will get.
    /// - Throws: `DatabaseError`.
    init(at path: String, isNamed: Bool = false) throws {
        self.path = path
        do {
            folder = try OpenFolder(SQLiteFile(path: path).folder)
            file = try UnnamedFile(
                in: folder, for: Self.name(path), mode: 0o600, isNamed: isNamed)
        } catch let error as Errno {
            throw DatabaseError(error, path)
        }
        // The umask may have taken our own bits away.
        fchmod(file.descriptor.rawValue, 0o600)
        database = try SQLiteDatabase.unnamed(file.descriptor)
    }

    /// Makes the database durable and gives it its name. `database` must not be used any more.
    ///
    /// - Returns: Whether it has the name; `false` where something else has it by now.
    /// - Throws: `DatabaseError`.
    package func finish() throws -> Bool {
        database.close()
        // The versions of the format for reading and writing: 2 is with a write-ahead log.
        // Source: https://www.sqlite.org/fileformat2.html, 1.3.3
        let versions: [UInt8] = [2, 2]
        do {
            try file.descriptor.writeAll(toAbsoluteOffset: 18, versions)
            try file.synchronize()
            try file.link(as: Self.name(path), in: folder)
            // Makes the name durable too.
            fsync(folder.descriptor.rawValue)
            return true
        } catch Errno.fileExists {
            return false
        } catch let error as Errno {
            throw DatabaseError(error, path)
        }
    }

    private static func name(_ path: String) -> String { FilePath(path).lastComponent?.string ?? path }
}

extension DatabaseError {
    fileprivate init(_ error: Errno, _ path: String) {
        self.init(
            [.noSpace, .diskQuotaExceeded].contains(error) ? .diskFull : .fileInaccessible, "make \(path): \(error)",
            cause: error)
    }
}

extension SQLiteDatabase {
    /// An empty database in an open file that nobody else has.
    fileprivate static func unnamed(_ descriptor: FileDescriptor) throws -> SQLiteDatabase {
        guard knowsDescriptors else {
            throw DatabaseError(.internal, "a file without a name cannot be opened")
        }
        let database = try SQLiteDatabase(
            "file:/new?vfs=lms-descriptor&fd=\(descriptor.rawValue)", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI)
        // A journal on disk would serve nothing: a crash takes the file itself away.
        try database.withConnection { connection in
            let mode: String? = try connection.value("PRAGMA journal_mode = MEMORY")
            guard mode == "memory" else { throw DatabaseError(.internal, "journal mode \(mode ?? "")") }
        }
        return database
    }

    private static let knowsDescriptors =
        SQLiteConnection.isConfigured && csqlite_register_descriptor_files() == SQLITE_OK
}
