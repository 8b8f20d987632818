internal import CSQLite
internal import Foundation
internal import GRDB
internal import SystemPackage

/// A database that is made in a file without a name, and gets its name when it is whole: whoever looks sees nothing or
/// all of it, and a process that is killed before leaves nothing.
package struct NewDatabase: Sendable {
    /// Only as long as this value lives, and only until it has its name.
    package let database: SQLiteDatabase
    private let file: UnnamedFile
    private let folder: OpenFolder
    private let path: String

    /// - Parameter path: The path that it will get.
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

    /// Makes it durable and gives it its name. It must not be used any more.
    ///
    /// - Returns: Whether it has got the name; `false` where something else was faster.
    /// - Throws: `DatabaseError`.
    package func finish() throws -> Bool {
        try database.close()
        // What says that its readers and writers use a log. Source: https://www.sqlite.org/fileformat2.html, 1.3.3
        let versions: [UInt8] = [2, 2]
        do {
            try file.descriptor.writeAll(toAbsoluteOffset: 18, versions)
            try file.synchronize()
            try file.link(as: Self.name(path), in: folder)
            // The name is durable too.
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
            [.noSpace, .diskQuotaExceeded].contains(error) ? .diskFull : .fileInaccessible,
            "make \(path): \(error)")
    }
}

extension SQLiteDatabase {
    /// An empty database in an open file that nobody else has.
    fileprivate static func unnamed(_ descriptor: FileDescriptor) throws -> SQLiteDatabase {
        guard isConfigured, knowsDescriptors else {
            throw DatabaseError(.internal, "a file without a name cannot be opened")
        }
        let database = try SQLiteConnection.translating {
            SQLiteDatabase(
                queue: try DatabaseQueue(
                    path: "file:/new?vfs=lms-descriptor&fd=\(descriptor.rawValue)",
                    configuration: configuration(busyTimeout: patience)),
                busyTimeout: patience)
        }
        // It has no name that a journal could be found by. A crash takes all of it away in any case.
        try database.withConnection { connection in
            let mode: String? = try connection.value("PRAGMA journal_mode = MEMORY")
            guard mode == "memory" else { throw DatabaseError(.internal, "journal mode \(mode ?? "")") }
        }
        return database
    }

    private static let knowsDescriptors = csqlite_register_descriptor_files() == SQLITE_OK
}
