internal import Glibc
internal import LMSCore
internal import LMSDatabase
internal import SystemPackage

/// Files that a command writes into a folder, which is made where it is not there. They get their names at the end, so a
/// process that is killed leaves none. No file is ever written over, no link below the folder is followed, and where
/// something goes wrong nothing is left behind.
///
/// A file's name may be one that a server made up. Each folder on the way to it is opened in the one above (`openat`, which
/// follows no link here), so no name leads out of the folder that the user named.
///
/// `@unchecked`: one command uses it, one call after the other.
final class NewFiles: BulkOutput, @unchecked Sendable {
    /// Who may read the files.
    enum Readers {
        /// As the umask says.
        case everybody
        /// The operator: files of 0600 in a folder of 0700. Even without hashes, an export says who learns what.
        case owner
    }

    private let folder: String
    private let readers: Readers
    /// The files that have no name yet. All but the last are complete.
    private var unnamed: [(name: String, file: UnnamedFile)] = []
    private var undo: [() -> Void] = []
    /// The folders that were found or made, by their path from the folder on.
    private var openFolders: [[String]: OpenFolder] = [:]

    /// How many files are held open at most. Beyond it, the first ones get their names before the end.
    private static let openLimit = 200

    /// Checks that the folder is there or can be made, and makes nothing yet.
    ///
    /// - Throws: `LMSError` `usage` for no name at all, `notFound` where the folder that it would be in is not there.
    init(in path: String, for readers: Readers) throws {
        guard !path.isEmpty else { throw LMSError(.usage, "the folder's name is empty") }
        try PathSlip.refuse(path)
        folder = Self.withoutLastSlashes(path)
        self.readers = readers
        let parent = Self.parent(of: folder)
        guard Self.isFolder(folder) || Self.isFolder(parent) else {
            throw LMSError(.notFound, "there is no folder \(parent)")
        }
    }

    /// The path of a file in the folder.
    func path(of name: String) -> String { folder == "/" ? "/\(name)" : "\(folder)/\(name)" }

    /// Whether something of that name is there, a broken link included.
    func has(_ name: String) -> Bool {
        (try? Stat(path(of: name), followTargetSymlink: false)) != nil
    }

    /// - Parameter names: Paths from the folder on. A server may have made them up.
    /// - Throws: `LMSError` `conflict` where one of the files is there, `invalid` for a name that leads elsewhere.
    func requireNone(of names: [String]) throws {
        for name in names {
            let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            let isInside = parts.allSatisfy { part in
                !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
                    && !part.contains(0)
            }
            guard isInside else {
                throw LMSError(.invalid, "'\(name)' is no name for a file in \(folder): nothing was written")
            }
        }
        for name in names where has(name) { throw Self.taken(path(of: name)) }
    }

    /// Begins a file. The one before it is complete.
    ///
    /// - Parameter name: Its path, from the folder on.
    func begin(_ name: String) throws {
        if unnamed.count >= Self.openLimit { try end() }
        let folder = try nearestFolder(above: name)
        let mode: mode_t = readers == .owner ? 0o600 : 0o666
        do {
            let file = try UnnamedFile(in: folder, for: Self.lastPart(of: name), mode: mode)
            unnamed.append((name, file))
        } catch {
            throw Self.failure(path(of: name), error)
        }
    }

    func write(_ bytes: [UInt8]) throws {
        guard let last = unnamed.last else { return }
        do {
            try last.file.write(bytes)
        } catch {
            throw Self.failure(path(of: last.name), error)
        }
    }

    /// Gives the files their names, in the order in which they were begun.
    func end() throws {
        for (name, file) in unnamed {
            let folder = try makeFolders(above: name)
            let last = Self.lastPart(of: name)
            do {
                try file.link(as: last, in: folder)
            } catch Errno.fileExists {
                throw Self.taken(path(of: name))
            } catch {
                throw Self.failure(path(of: name), error)
            }
            undo.append { unlinkat(folder.descriptor.rawValue, last, 0) }
        }
        unnamed = []
    }

    /// Removes the files and folders that were made.
    func remove() {
        unnamed = []
        for step in undo.reversed() { step() }
        undo = []
        openFolders = [:]
    }

    // MARK: - Folders

    /// The folder that a file will be in, or the nearest one above it that is there: the file is written on its file system.
    private func nearestFolder(above name: String) throws -> OpenFolder {
        guard Self.isFolder(folder) else { return try Self.open(Self.parent(of: folder)) }
        var current = try Self.open(folder)
        for part in Self.folders(of: name) {
            guard let next = try Self.folder(part, in: current) else { break }
            current = next
        }
        return current
    }

    private func makeFolders(above name: String) throws -> OpenFolder {
        let parts = Self.folders(of: name)
        if let known = openFolders[parts] { return known }
        let mode: mode_t = readers == .owner ? 0o700 : 0o777
        let folder = folder
        if mkdir(folder, mode) == 0 { undo.append { rmdir(folder) } }
        var current = try Self.open(folder)
        for part in parts {
            let parent = current
            if mkdirat(parent.descriptor.rawValue, part, mode) == 0 {
                undo.append { unlinkat(parent.descriptor.rawValue, part, AT_REMOVEDIR) }
            }
            guard let next = try Self.folder(part, in: parent) else {
                throw Self.failure("\(parent.path)/\(part)", Errno.noSuchFileOrDirectory)
            }
            current = next
        }
        openFolders[parts] = current
        return current
    }

    private static func folders(of name: String) -> [String] {
        name.split(separator: "/").dropLast().map(String.init)
    }

    private static func lastPart(of name: String) -> String {
        name.split(separator: "/").last.map(String.init) ?? name
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : withoutLastSlashes(String(path[..<slash]))
    }

    private static func withoutLastSlashes(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    private static func isFolder(_ path: String) -> Bool {
        (try? Stat(path).type) == .directory
    }

    /// A folder that a user named, by a link too.
    private static func open(_ path: String) throws -> OpenFolder {
        do { return try OpenFolder(path) } catch { throw failure(path, error) }
    }

    /// - Returns: The folder of that name in an open one; `nil` where there is none.
    /// - Throws: `LMSError` `io` for anything else, a link among them.
    private static func folder(_ name: String, in parent: OpenFolder) throws -> OpenFolder? {
        do {
            return try parent.folder(name)
        } catch Errno.noSuchFileOrDirectory {
            return nil
        } catch {
            let path = "\(parent.path)/\(name)"
            let status = try? Stat(name, relativeTo: parent.descriptor, flags: .symlinkNoFollow)
            guard status?.type != .symbolicLink else {
                throw LMSError(
                    .io, "\(path) is a symbolic link, which lms does not follow",
                    hint: "Choose another folder.")
            }
            throw failure(path, error)
        }
    }

    // MARK: - Failures

    private static func taken(_ path: String) -> LMSError {
        LMSError(.conflict, "there is a file \(path) already", hint: "Choose another folder.")
    }

    private static func failure(_ path: String, _ error: any Error) -> LMSError {
        LMSError(.io, "cannot write \(path)", error as? Errno ?? .ioError)
    }
}
