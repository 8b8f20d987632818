internal import Foundation
internal import LMSCore

/// Files that a command writes into a folder, which is made where it is not there. No file is ever written over, and
/// where something goes wrong none is left behind.
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
    private var current: (path: String, descriptor: Int32)?
    private var undo: [() -> Void] = []

    /// Looks at the disk only.
    ///
    /// - Throws: `LMSError` `usage` for no name at all, `notFound` where the folder that it would be in is not there.
    init(in path: String, for readers: Readers) throws {
        guard !path.isEmpty else { throw LMSError(.usage, "the folder's name is empty") }
        folder = Self.withoutLastSlashes(path)
        self.readers = readers
        let parent = Self.parent(of: folder)
        guard Self.isFolder(folder) || Self.isFolder(parent) else {
            throw LMSError(.notFound, "there is no folder \(parent)")
        }
    }

    /// Where a file of it is.
    func path(of name: String) -> String { folder == "/" ? "/\(name)" : "\(folder)/\(name)" }

    /// - Throws: `LMSError` `conflict` where one of the files is there.
    func requireNone(of names: [String]) throws {
        for file in names.map(path(of:)) where access(file, F_OK) == 0 {
            throw LMSError(.conflict, "there is a file \(file) already", hint: "Choose another folder.")
        }
    }

    /// Begins a file; the one before is over.
    ///
    /// - Parameter name: Its path, from the folder on.
    func begin(_ name: String) throws {
        try end()
        try makeFolders(above: name)
        let file = path(of: name)
        let descriptor = open(
            file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, readers == .owner ? 0o600 : 0o666)
        guard descriptor >= 0 else { throw Self.failure(file) }
        undo.append { unlink(file) }
        current = (file, descriptor)
    }

    func write(_ bytes: [UInt8]) throws {
        guard let current else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.write(current.descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(current.path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Ends the last file.
    func end() throws {
        guard let current else { return }
        self.current = nil
        guard close(current.descriptor) == 0 else { throw Self.failure(current.path) }
    }

    /// Takes away what was made.
    func remove() {
        if let current { close(current.descriptor) }
        current = nil
        for step in undo.reversed() { step() }
        undo = []
    }

    private func makeFolders(above name: String) throws {
        var made = folder
        for part in [""] + name.split(separator: "/").dropLast().map(String.init) {
            if !part.isEmpty { made += "/\(part)" }
            let path = made
            if mkdir(path, readers == .owner ? 0o700 : 0o777) == 0 {
                undo.append { rmdir(path) }
            } else if errno != EEXIST || !Self.isFolder(path) {
                throw Self.failure(path)
            }
        }
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

    private static func failure(_ path: String) -> LMSError {
        LMSError(.io, "cannot write \(path): \(String(cString: strerror(errno)))")
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
