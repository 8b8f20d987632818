internal import Foundation
internal import LMSCore

/// A folder that an export makes, or fills where it is there: no file in it is ever written over.
struct ExportFolder {
    private let path: String

    /// - Throws: `LMSError` `notFound` where the folder that it would be in is not there.
    init(path: String) throws {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let parent = (self.path as NSString).deletingLastPathComponent
        guard Self.isFolder(self.path) || Self.isFolder(parent.isEmpty ? "." : parent) else {
            throw LMSError(.notFound, "there is no folder \(parent)")
        }
    }

    /// Writes all of the files, or none.
    ///
    /// - Parameter files: Their paths, from the folder on, and their texts.
    /// - Returns: Where they are.
    /// - Throws: `LMSError` `conflict` where one of them is there, `io` where one cannot be written.
    func write(_ files: [(path: String, text: String)]) throws -> [String] {
        for file in files where access("\(path)/\(file.path)", F_OK) == 0 {
            throw LMSError(
                .conflict, "there is a file \(path)/\(file.path) already", hint: "Choose another folder.")
        }
        var undo: [() -> Void] = []
        do {
            for file in files {
                let target = "\(path)/\(file.path)"
                try makeFolders(above: file.path, &undo)
                try create(target, file.text, &undo)
            }
        } catch {
            for step in undo.reversed() { step() }
            throw error
        }
        return files.map { "\(path)/\($0.path)" }
    }

    private func makeFolders(above file: String, _ undo: inout [() -> Void]) throws {
        var folder = path
        for part in [""] + file.split(separator: "/").dropLast().map(String.init) {
            if !part.isEmpty { folder += "/\(part)" }
            let made = folder
            if mkdir(made, 0o777) == 0 {
                undo.append { rmdir(made) }
            } else if errno != EEXIST || !Self.isFolder(made) {
                throw Self.failure(made)
            }
        }
    }

    private func create(_ target: String, _ text: String, _ undo: inout [() -> Void]) throws {
        let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Self.failure(target) }
        undo.append { unlink(target) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                let failure = Self.failure(target)
                close(descriptor)
                throw failure
            }
            rest = rest.dropFirst(count)
        }
        guard close(descriptor) == 0 else { throw Self.failure(target) }
    }

    private static func failure(_ path: String) -> LMSError {
        LMSError(.io, "cannot write \(path): \(String(cString: strerror(errno)))")
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
