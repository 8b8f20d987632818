internal import Foundation
internal import LMSCore
internal import LMSDatabase

/// A small file that is its owner's alone: never written through a link, never half-written, never
/// readable by others, not even for a moment.
struct PrivateFile: Sendable {
    let path: String
    /// What users call it.
    let name: String
    /// Whether the path is lms's own choice. Where it is not, it may be a file that somebody needs, and
    /// nobody is told to remove it.
    let isOurs: Bool

    /// More than this is no file of ours.
    private static let sizeLimit = 64 << 10
    /// How long to wait for another process, in milliseconds.
    private static let patience = 10_000

    /// The file's bytes; `nil` where there is no file.
    ///
    /// - Throws: `LMSError` `io`, with what mends it.
    func read() throws -> [UInt8]? {
        // O_NONBLOCK: a named pipe must not make us wait.
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT: return nil
            case ELOOP:
                throw refusal("is a symbolic link, which lms does not follow", mend: "rm")
            case let code: throw failure("read", code)
            }
        }
        defer { close(descriptor) }
        let size = try check(descriptor)

        // One byte more, to notice a file that grows meanwhile.
        var bytes = [UInt8](repeating: 0, count: size + 1)
        var count = 0
        while count < bytes.count {
            let result = bytes.withUnsafeMutableBytes {
                Foundation.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if result == 0 { break }
            if result < 0 {
                if errno == EINTR { continue }
                throw failure("read", errno)
            }
            count += result
        }
        guard count <= size else { throw tooLarge }
        return Array(bytes.prefix(count))
    }

    /// - Returns: The size in bytes.
    private func check(_ descriptor: Int32) throws -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("read", errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            // Not "rm": it may be a device or a folder that others need.
            throw LMSError(
                .io, "the \(name) \(path) is not a regular file",
                hint: "Name another one with LMS_SESSION_FILE.")
        }
        guard status.st_uid == geteuid() else {
            throw refusal("belongs to another user", mend: "rm")
        }
        guard status.st_nlink == 1 else {
            throw refusal("has a second name somewhere (a hard link)", mend: "rm")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw refusal("is open to other users", mend: "chmod 600")
        }
        guard status.st_size <= Self.sizeLimit else { throw tooLarge }
        return Int(status.st_size)
    }

    /// Gives the file a new content in one step. Only inside `withLock`.
    func replace(with bytes: [UInt8]) throws {
        try write(bytes) { folder in
            // Whoever makes such files holds the lock, so these are left from a process that was killed.
            UnnamedFile.sweep(folder, fileName)
            let file = try UnnamedFile(in: folder, for: fileName, mode: 0o600)
            // The umask may have taken our own bits away.
            fchmod(file.descriptor, 0o600)
            try file.write(bytes)
            try file.synchronize()
            try file.replace(fileName)
        }
    }

    /// Does what `replace` does, but for the last step.
    func dryRunReplacing(with bytes: [UInt8]) throws {
        try write(bytes) { folder in
            try UnnamedFile(in: folder, for: fileName, mode: 0o600).write(bytes)
        }
    }

    /// - Parameter body: Gets the file's folder.
    private func write(_ bytes: [UInt8], _ body: (Int32) throws -> Void) throws {
        // Nobody could read it again.
        guard bytes.count <= Self.sizeLimit else {
            throw LMSError(
                .io, "the \(name) \(path) has no room for another session",
                hint: "Sign out where you need not be: lms target list shows where you are.")
        }
        let folder = open(self.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("write", errno) }
        defer { close(folder) }
        do {
            try body(folder)
        } catch let error as POSIXError {
            throw failure("write", error.code.rawValue)
        }
    }

    private var fileName: String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    private var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Runs `body` while no other process does the same.
    func withLock<T>(_ body: () throws -> T) throws -> T {
        let descriptor = open(
            "\(path).lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("write", errno) }
        defer { close(descriptor) }
        // The umask may have taken our own bits away.
        fchmod(descriptor, 0o600)
        var waited = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw failure("lock", errno) }
            guard waited < Self.patience else {
                throw LMSError(
                    .busy, "another program holds the \(name) \(path)", hint: "Try again in a moment.")
            }
            usleep(10_000)
            waited += 10
        }
        return try body()
    }

    private var tooLarge: LMSError {
        refusal("is too large", mend: "rm")
    }

    /// - Parameter mend: The command that mends it, without its path.
    func refusal(_ problem: String, mend: String) -> LMSError {
        let isHarmless = mend != "rm"
        return LMSError(
            .io, "the \(name) \(path) \(problem)",
            hint: isOurs || isHarmless
                ? "Mend it with: \(mend) \(shellQuoted(path))"
                : "It was left as it is. Name another one with LMS_SESSION_FILE.")
    }

    private func failure(_ act: String, _ code: Int32) -> LMSError {
        LMSError(
            .io, "cannot \(act) the \(name) \(path): \(String(cString: strerror(code)))",
            hint: "Name another one with LMS_SESSION_FILE.")
    }
}
