internal import Foundation
internal import LMSCore
internal import LMSDatabase

/// The database that a command acts on.
struct Target: Sendable {
    /// How the target was named: a token from the environment goes only where the user points.
    enum Origin: Sendable {
        case flag
        case environment
        case sessionFile
        case defaultFile
    }

    /// The file's real path, which is also its key in the session file.
    let path: String
    let origin: Origin

    /// Finds the target: the flag, `LMS_DB`, the session file's current target, the default file.
    static func resolve(
        db: String?, environment: Environment, remembered: () throws -> SessionFile.Contents
    ) throws -> Target {
        if let db { return Target(path: try realPath(db), origin: .flag) }
        if let db = environment["LMS_DB"] { return Target(path: try realPath(db), origin: .environment) }
        if let current = try remembered().current {
            let isDefault = current == (try? defaultPath(environment))
            return Target(path: current, origin: isDefault ? .defaultFile : .sessionFile)
        }
        return Target(path: try defaultPath(environment), origin: .defaultFile)
    }

    private static func defaultPath(_ environment: Environment) throws -> String {
        // A relative path is to be ignored. Source: XDG Base Directory Specification.
        let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let folder = try data ?? environment.home() + "/.local/share"
        return try realPath("\(folder)/lms/lms.db")
    }

    /// The path without links, also of a file that is not there yet.
    static func realPath(_ path: String) throws -> String {
        guard !path.isEmpty else { throw LMSError(.usage, "the path of the database is empty") }
        if let resolved = resolve(path) { return resolved }
        let absolute =
            path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        let folder = (absolute as NSString).deletingLastPathComponent
        let name = (absolute as NSString).lastPathComponent
        // As it was written where its folder is not there: `missing/../x.db` is not `x.db`.
        return resolve(folder).map { $0 == "/" ? "/\(name)" : "\($0)/\(name)" } ?? absolute
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The token for this target: from the environment, or from the session file.
    func token(
        environment: Environment, remembered: () throws -> SessionFile.Contents
    ) throws -> SessionToken? {
        guard let text = environment["LMS_TOKEN"] else {
            return try remembered().sessions[path]?.token
        }
        guard origin != .sessionFile else {
            throw LMSError(
                .notSignedIn, "LMS_TOKEN is set, but nothing says which database it is for",
                hint: "Name it with --db PATH or LMS_DB, or unset LMS_TOKEN.")
        }
        guard let token = SessionToken(text) else {
            throw LMSError(
                .notSignedIn, "LMS_TOKEN does not hold a token of lms",
                hint: "Make one with: lms token create --label NAME")
        }
        return token
    }

    var isMissing: Bool { access(path, F_OK) != 0 }

    func open() throws -> SQLiteDatabase {
        try translating { try SQLiteDatabase.open(path: path, schema: .lms) }
    }

    /// Makes the database, and for the default file its folder.
    ///
    /// - Returns: Whether this call made it.
    @discardableResult
    func createIfMissing() throws -> Bool {
        try prepareFolder()
        return try translating { try SQLiteDatabase.create(path: path, schema: .lms) }
    }

    /// - Throws: `LMSError` `notFound` where the folder that the file would be in is missing.
    func requireFolder() throws {
        guard access(folder, F_OK) == 0 else {
            throw LMSError(
                .notFound, "there is no folder \(folder)",
                hint: "Make it with: mkdir -p \(shellQuoted(folder))")
        }
    }

    private var folder: String { (path as NSString).deletingLastPathComponent }

    /// Refuses what `prepareFolder` would refuse, and makes nothing.
    func checkFolder() throws {
        if origin != .defaultFile { try requireFolder() }
    }

    /// Makes the folder of the default file; another must be there.
    func prepareFolder() throws {
        try checkFolder()
        if access(folder, F_OK) == 0 { return }
        guard Self.makeFolders(folder) else {
            throw LMSError(
                .io, "the folder \(folder) cannot be made: \(String(cString: strerror(errno)))",
                hint: "Check the permissions, or name a file with --db PATH.")
        }
    }

    /// Makes a folder and those above it, each for its owner alone.
    private static func makeFolders(_ path: String) -> Bool {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return true }
        guard errno == ENOENT else { return false }
        let parent = (path as NSString).deletingLastPathComponent
        guard parent != path, makeFolders(parent) else { return false }
        return mkdir(path, 0o700) == 0 || errno == EEXIST
    }

    func translating<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw LMSError(error, database: path)
        }
    }
}
