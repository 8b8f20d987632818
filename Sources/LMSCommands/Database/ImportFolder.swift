internal import Glibc
internal import LMSCore
internal import LMSDatabase
internal import SystemPackage

/// A folder on the disk that an import reads.
struct ImportFolder: BulkFolder {
    private let path: String

    /// - Throws: `LMSError` `notFound` where it is not there.
    init(path: String) throws {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let type: FileType
        do {
            type = try Stat(self.path).type
        } catch {
            let failure = Self.failure(self.path, "folder", error)
            let slip = PathSlip(in: self.path)
            throw failure.reworded(
                failure.message + (slip.map { ": the path \($0.words)" } ?? ""),
                hint: slip?.hint
                    ?? (path.contains("\\") ? "Folders in a path are separated by / here, not by \\." : nil))
        }
        guard type == .directory else {
            let parent = self.path.lastIndex(of: "/").map { String(self.path[..<$0]) } ?? "."
            throw LMSError(
                .notFound, "\(self.path) is not a folder",
                hint:
                    "Give the folder that the files are in: lms db import \(shellQuoted(parent.isEmpty ? "/" : parent))"
            )
        }
    }

    func names() throws -> [String] {
        guard let folder = opendir(path) else { throw Self.failure(path, "folder", .last) }
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
        guard errno == 0 else { throw Self.failure(path, "folder", .last) }
        return names
    }

    func open(_ name: String) throws -> (any BulkFile)? {
        let file = path == "/" ? "/\(name)" : "\(path)/\(name)"
        // Non-blocking, because opening a named pipe would wait for its writer.
        let descriptor: FileDescriptor
        do {
            descriptor = try .open(file, .readOnly, options: [.nonBlocking, .closeOnExec])
        } catch {
            // A link that leads nowhere is there, and its file is missing: that is an error, not an absent table.
            if error as? Errno == .noSuchFileOrDirectory, (try? Stat(file, followTargetSymlink: false)) == nil {
                return nil
            }
            throw Self.failure(file, "file", error as? Errno ?? .ioError)
        }
        guard let opened = ImportFile(name: file, descriptor: descriptor) else {
            try? descriptor.close()
            // A pipe cannot be read twice, and could make the import wait with the database locked.
            throw LMSError(.io, "\(file) is not a regular file")
        }
        return opened
    }

    fileprivate static func failure(_ name: String, _ kind: String, _ error: Errno) -> LMSError {
        error == .noSuchFileOrDirectory || error == .notDirectory
            ? LMSError(.notFound, "there is no \(kind) \(name)", causes: [error.cause])
            : LMSError(.io, "cannot read \(name)", error)
    }
}

/// A file that is open for reading.
private final class ImportFile: BulkFile {
    let name: String
    private let descriptor: FileDescriptor
    private let opened: Stamp

    /// What changes where somebody writes to a file.
    private struct Stamp: Equatable {
        let size: Int64
        let seconds: Int
        let nanoseconds: Int
    }

    /// - Returns: `nil` for what is no regular file.
    init?(name: String, descriptor: FileDescriptor) {
        guard let stamp = Self.stamp(descriptor) else { return nil }
        self.name = name
        self.descriptor = descriptor
        opened = stamp
    }

    deinit { try? descriptor.close() }

    var size: Int { Int(opened.size) }

    var hasChanged: Bool { Self.stamp(descriptor) != opened }

    func read(into buffer: UnsafeMutableRawBufferPointer, from offset: Int) throws -> Int {
        do {
            return try descriptor.read(fromAbsoluteOffset: Int64(offset), into: buffer)
        } catch let error as Errno {
            throw ImportFolder.failure(name, "file", error)
        }
    }

    private static func stamp(_ descriptor: FileDescriptor) -> Stamp? {
        guard let status = try? descriptor.stat(), status.type == .regular else { return nil }
        return Stamp(
            size: status.size, seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    }
}
