internal import Foundation
internal import LMSCore

/// A folder on the disk that an import reads.
struct ImportFolder: BulkFolder {
    private let path: String

    /// - Throws: `LMSError` `notFound` where it is not there.
    init(path: String) throws {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        var status = stat()
        guard stat(self.path, &status) == 0 else {
            let failure = Self.failure(self.path, "folder", errno)
            let slip = PathSlip(in: self.path)
            throw LMSError(
                failure.code, failure.message + (slip.map { ": the path \($0.words)" } ?? ""),
                hint: slip?.hint
                    ?? (path.contains("\\") ? "Folders in a path are separated by / here, not by \\." : nil))
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            let parent = self.path.lastIndex(of: "/").map { String(self.path[..<$0]) } ?? "."
            throw LMSError(
                .notFound, "\(self.path) is not a folder",
                hint:
                    "Give the folder that the files are in: lms db import \(shellQuoted(parent.isEmpty ? "/" : parent))"
            )
        }
    }

    func names() throws -> [String] {
        guard let folder = opendir(path) else { throw Self.failure(path, "folder", errno) }
        defer { closedir(folder) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw Self.failure(path, "folder", errno) }
        return names
    }

    func open(_ name: String) throws -> (any BulkFile)? {
        let file = path == "/" ? "/\(name)" : "\(path)/\(name)"
        // O_NONBLOCK: a named pipe must not make us wait.
        let descriptor = Foundation.open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            // A link that leads nowhere is a mistake of somebody's.
            var status = stat()
            if errno == ENOENT, lstat(file, &status) != 0 { return nil }
            throw Self.failure(file, "file", ENOENT)
        }
        guard let opened = ImportFile(name: file, descriptor: descriptor) else {
            close(descriptor)
            // It is read with the database locked, perhaps twice.
            throw LMSError(.io, "\(file) is not a regular file")
        }
        return opened
    }

    fileprivate static func failure(_ name: String, _ kind: String, _ code: Int32) -> LMSError {
        code == ENOENT || code == ENOTDIR
            ? LMSError(.notFound, "there is no \(kind) \(name)")
            : LMSError(.io, "cannot read \(name): \(String(cString: strerror(code)))")
    }
}

/// A file that is open for reading.
private final class ImportFile: BulkFile {
    let name: String
    private let descriptor: Int32
    private let opened: Stamp

    /// What tells that somebody wrote to a file.
    private struct Stamp: Equatable {
        let size: Int
        let seconds: Int
        let nanoseconds: Int
    }

    /// - Returns: `nil` for what is no regular file.
    init?(name: String, descriptor: Int32) {
        guard let stamp = Self.stamp(descriptor) else { return nil }
        self.name = name
        self.descriptor = descriptor
        opened = stamp
    }

    deinit { close(descriptor) }

    var size: Int { opened.size }

    var hasChanged: Bool { Self.stamp(descriptor) != opened }

    func read(into buffer: UnsafeMutableRawBufferPointer, from offset: Int) throws -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            if errno != EINTR { throw ImportFolder.failure(name, "file", errno) }
        }
    }

    private static func stamp(_ descriptor: Int32) -> Stamp? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Stamp(
            size: Int(status.st_size), seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    }
}
