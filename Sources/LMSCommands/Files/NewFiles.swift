internal import Foundation
internal import LMSCore
internal import LMSDatabase

/// Files that a command writes into a folder, which is made where it is not there. They get their names at the end, so a
/// process that is killed leaves none. No file is ever written over, no link below the folder is followed, and where
/// something goes wrong nothing is left behind.
///
/// `@unchecked`: one act writes to it, one call behind the other.
final class NewFiles: BulkOutput, @unchecked Sendable {
    /// For whom they are.
    enum Readers {
        /// Whoever the umask lets.
        case everybody
        case owner
    }

    private let folder: String
    private let readers: Readers
    /// Written, but for the last one, and without their names.
    private var unnamed: [(name: String, file: UnnamedFile)] = []
    private var undo: [() -> Void] = []
    /// The folders that were found or made, by their path from the folder on.
    private var places: [[String]: OpenFolder] = [:]

    /// More files than this are not held open: the first ones get their names earlier.
    private static let openLimit = 200

    /// Looks at the disk only.
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

    /// Where a file of it is.
    func path(of name: String) -> String { folder == "/" ? "/\(name)" : "\(folder)/\(name)" }

    /// Whether something of that name is there, a broken link included.
    func has(_ name: String) -> Bool {
        var status = stat()
        return lstat(path(of: name), &status) == 0
    }

    /// - Parameter names: Perhaps a server's.
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

    /// Begins a file; the one before is over.
    ///
    /// - Parameter name: Its path, from the folder on.
    func begin(_ name: String) throws {
        if unnamed.count >= Self.openLimit { try end() }
        let place = try nearestFolder(above: name)
        let mode: mode_t = readers == .owner ? 0o600 : 0o666
        do {
            let file = try UnnamedFile(in: place.descriptor, for: Self.lastPart(of: name), mode: mode)
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
            let place = try makeFolders(above: name)
            let last = Self.lastPart(of: name)
            do {
                try file.link(as: last, in: place.descriptor)
            } catch let error as POSIXError where error.code == .EEXIST {
                throw Self.taken(path(of: name))
            } catch {
                throw Self.failure(path(of: name), error)
            }
            undo.append { unlinkat(place.descriptor, last, 0) }
        }
        unnamed = []
    }

    /// Takes away what was made.
    func remove() {
        unnamed = []
        for step in undo.reversed() { step() }
        undo = []
        places = [:]
    }

    // MARK: - Folders

    /// The folder of a file as far as it is there.
    private func nearestFolder(above name: String) throws -> OpenFolder {
        guard Self.isFolder(folder) else { return try OpenFolder(Self.parent(of: folder)) }
        var place = try OpenFolder(folder)
        for part in Self.folders(of: name) {
            guard let next = try place.folder(part) else { break }
            place = next
        }
        return place
    }

    private func makeFolders(above name: String) throws -> OpenFolder {
        let parts = Self.folders(of: name)
        if let place = places[parts] { return place }
        let mode: mode_t = readers == .owner ? 0o700 : 0o777
        let folder = folder
        if mkdir(folder, mode) == 0 { undo.append { rmdir(folder) } }
        var place = try OpenFolder(folder)
        for part in parts {
            let parent = place
            if mkdirat(parent.descriptor, part, mode) == 0 {
                undo.append { unlinkat(parent.descriptor, part, AT_REMOVEDIR) }
            }
            guard let next = try parent.folder(part) else {
                throw Self.failure("\(parent.path)/\(part)", POSIXError(.ENOENT))
            }
            place = next
        }
        places[parts] = place
        return place
    }

    private static func folders(of name: String) -> [String] {
        name.split(separator: "/").dropLast().map(String.init)
    }

    private static func lastPart(of name: String) -> String {
        name.split(separator: "/").last.map(String.init) ?? name
    }

    /// Not Foundation's `deletingLastPathComponent`: that one ends the process at a name of one letter (Swift 6.3, Linux).
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
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    // MARK: - Failures

    private static func taken(_ path: String) -> LMSError {
        LMSError(.conflict, "there is a file \(path) already", hint: "Choose another folder.")
    }

    static func failure(_ path: String, _ error: any Error) -> LMSError {
        let code = (error as? POSIXError)?.code.rawValue ?? EIO
        return LMSError(.io, "cannot write \(path): \(String(cString: strerror(code)))")
    }
}
