internal import Glibc
internal import LMSCore
internal import LMSDatabase
internal import LMSText
internal import SystemPackage

/// A database file that a command acts on.
struct SQLiteLocation: Sendable {
    /// The file's real path, which is also its key in the session file.
    let path: String
    /// Whether it is the file that is taken where nobody names one. Only its folder is made by lms.
    let isDefault: Bool

    /// - Parameter path: As a user wrote it.
    init(named path: String) throws {
        self.init(path: try Self.realPath(path), isDefault: false)
    }

    init(path: String, isDefault: Bool) {
        self.path = path
        self.isDefault = isDefault
    }

    /// The file that is taken where nobody names one.
    static func standard(_ environment: Environment) throws -> SQLiteLocation {
        SQLiteLocation(path: try defaultPath(environment), isDefault: true)
    }

    private static func defaultPath(_ environment: Environment) throws -> String {
        // A relative path is to be ignored. Source: XDG Base Directory Specification.
        let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let folder = try data ?? environment.home() + "/.local/share"
        return try realPath("\(folder)/lms/lms.db")
    }

    /// The path without links, as far as it is there.
    static func realPath(_ path: String) throws -> String {
        guard !path.isEmpty else { throw LMSError(.usage, "the path of the database is empty") }
        if let resolved = resolve(path) { return resolved }
        try PathSlip.refuse(path)
        let absolute =
            path.hasPrefix("/") ? path : (resolve(".") ?? "") + "/" + path
        var folder = FilePath(absolute)
        var missing: [FilePath.Component] = []
        while let last = folder.lastComponent, missing.isEmpty || resolve(folder.string) == nil {
            missing.insert(last, at: 0)
            folder.removeLastComponent()
        }
        // A system refuses a path through a folder that is not there: `missing/../x.db` is not `x.db`.
        guard !missing.contains(where: { $0.kind == .parentDirectory }), let found = resolve(folder.string)
        else { return absolute }
        return FilePath(found).appending(missing).string
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    var isMissing: Bool { access(path, F_OK) != 0 }

    func open() throws -> SQLiteDatabase {
        try translating { try openToLook() }
    }

    /// Opens the file for a check, which tells more of damage than `open` does.
    ///
    /// - Throws: `DatabaseError`.
    func openToLook() throws -> SQLiteDatabase {
        try SQLiteDatabase.open(path: path, schema: .lms)
    }

    /// Makes the database, and for the default file its folder.
    ///
    /// - Returns: Whether this call made it.
    @discardableResult
    func createIfMissing() throws -> Bool {
        try prepareFolder()
        return try translating { try SQLiteDatabase.create(path: path, schema: .lms) }
    }

    /// Begins the database, which is there when it is finished.
    ///
    /// - Returns: `nil` where there is one already.
    func begin() throws -> NewDatabase? {
        try prepareFolder()
        return try translating { try SQLiteDatabase.begin(path: path, schema: .lms) }
    }

    /// - Throws: `LMSError` `notFound` where the folder that the file would be in is missing.
    func requireFolder() throws {
        guard access(folder, F_OK) == 0 else {
            throw LMSError(
                .notFound, "there is no folder \(folder)",
                hint: "Make it with: mkdir -p \(shellQuoted(folder))")
        }
    }

    private var folder: String { Self.folder(of: path) }

    private static func folder(of path: String) -> String { OpenFolder.path(of: path) }

    /// Refuses what `prepareFolder` would refuse, and makes nothing.
    func checkFolder() throws {
        if !isDefault { try requireFolder() }
    }

    /// Makes the folder of the default file; another must be there.
    func prepareFolder() throws {
        try checkFolder()
        if access(folder, F_OK) == 0 { return }
        guard Self.makeFolders(folder) else {
            throw LMSError(
                .io, "the folder \(folder) cannot be made", .last,
                hint: "Check the permissions, or name a file with --db PATH.")
        }
    }

    /// Makes a folder and those above it, each for its owner alone.
    private static func makeFolders(_ path: String) -> Bool {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return true }
        guard errno == ENOENT else { return false }
        let parent = folder(of: path)
        guard parent != path, makeFolders(parent) else { return false }
        return mkdir(path, 0o700) == 0 || errno == EEXIST
    }

    /// Looks at what the path leads to, and touches nothing.
    ///
    /// - Throws: `LMSError` where it is missing, or no database of ours.
    func requireOurs() throws {
        try translating { try SQLiteDatabase.requireOurs(path: path, schema: .lms) }
    }

    /// Puts the database's errors into a user's words.
    func translating<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError
            where error.kind == .fileNotFound && !isDefault && access(folder, F_OK) != 0
        {
            throw LMSError(
                .notFound, "there is no database at \(path): there is no folder \(folder)",
                hint: nearestPath.map { "Is \(shellQuoted($0)) meant?" } ?? "Check the path.",
                causes: error.causes)
        } catch let error as DatabaseError where error.kind == .foreignDatabase && isFolder {
            throw LMSError(
                .io, "\(path) is a folder, not a database of lms", hint: "Name the file in it.",
                causes: error.causes)
        } catch let error as DatabaseError {
            throw LMSError(error, database: path)
        }
    }

    private var isFolder: Bool {
        (try? Stat(path).type) == .directory
    }

    /// A file that is there, with one folder in its path spelt nearly as here.
    private var nearestPath: String? {
        var above = Self.folder(of: folder)
        var missing = folder
        while access(above, F_OK) != 0, above != "/" {
            missing = above
            above = Self.folder(of: above)
        }
        // In a folder with more than so many entries, the search for a similar name would take too long.
        guard let stream = opendir(above) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while names.count < 1_000, let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        let rest = path.dropFirst(missing.count)
        return Spelling.nearest(to: FilePath(missing).lastComponent?.string ?? "", among: names)
            .map { (above == "/" ? "" : above) + "/" + $0 + rest }
            .flatMap { access($0, F_OK) == 0 ? $0 : nil }
    }
}
