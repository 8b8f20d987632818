internal import Glibc
internal import LMSCore
internal import LMSDatabase
internal import SystemPackage

/// A small file that is its owner's alone: never written through a link, never half-written, never
/// readable by others, not even for a moment.
struct PrivateFile: Sendable {
    let path: String
    /// What users call it.
    let name: String
    /// Whether the path is lms's own choice. Where a user chose it, it may be a file that somebody needs, and nobody is told to
    /// remove it.
    let isOurs: Bool

    /// In bytes. A larger file was not written by lms.
    private static let sizeLimit = 64 << 10
    /// How long to wait for another process, in milliseconds.
    private static let patience = 10_000

    /// The file's bytes; `nil` where there is no file.
    ///
    /// - Throws: `LMSError` `io`, with what mends it.
    func read() throws -> [UInt8]? {
        // Non-blocking, because opening a named pipe would wait for its writer.
        let descriptor: FileDescriptor
        do {
            descriptor = try .open(path, .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
        } catch Errno.noSuchFileOrDirectory {
            return nil
        } catch Errno.tooManySymbolicLinkLevels {
            throw refusal("is a symbolic link, which lms does not follow", mend: "rm")
        } catch {
            throw failure("read", error)
        }
        defer { try? descriptor.close() }
        do {
            let size = try check(descriptor.stat())
            // One byte more, to notice a file that grows meanwhile.
            let bytes = try descriptor.readToEnd(limit: size + 1)
            guard bytes.count <= size else { throw tooLarge }
            return bytes
        } catch let error as Errno {
            throw failure("read", error)
        }
    }

    /// - Returns: The size in bytes.
    private func check(_ status: Stat) throws -> Int {
        guard status.type == .regular else {
            // Not "rm": it may be a device or a folder that others need.
            throw LMSError(
                .io, "the \(name) \(path) is not a regular file",
                hint: "Name another one with LMS_SESSION_FILE.")
        }
        guard status.userID.rawValue == geteuid() else {
            throw refusal("belongs to another user", mend: "rm")
        }
        guard status.linkCount == 1 else {
            throw refusal("has a second name somewhere (a hard link)", mend: "rm")
        }
        guard status.permissions.isDisjoint(with: [.groupReadWriteExecute, .otherReadWriteExecute]) else {
            throw refusal("is open to other users", mend: "chmod 600")
        }
        guard status.size <= Self.sizeLimit else { throw tooLarge }
        return Int(status.size)
    }

    /// Gives the file a new content in one step. Only inside `withLock`.
    func replace(with bytes: [UInt8]) throws {
        try write(bytes) { folder in
            // Whoever makes such files holds the lock, so these are left from a process that was killed.
            UnnamedFile.sweep(folder, fileName)
            let file = try UnnamedFile(in: folder, for: fileName, mode: 0o600)
            // The umask may have taken our own bits away.
            fchmod(file.descriptor.rawValue, 0o600)
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
    private func write(_ bytes: [UInt8], _ body: (OpenFolder) throws -> Void) throws {
        // `read` would refuse it.
        guard bytes.count <= Self.sizeLimit else {
            throw LMSError(
                .io, "the \(name) \(path) has no room for another session",
                hint: "Sign out where you need not be: lms target list shows where you are.")
        }
        do {
            try body(OpenFolder(OpenFolder.path(of: path)))
        } catch let error as Errno {
            throw failure("write", error)
        }
    }

    private var fileName: String { FilePath(path).lastComponent?.string ?? path }

    /// Runs `body` while no other process does the same.
    func withLock<T>(_ body: () throws -> T) throws -> T {
        let descriptor: FileDescriptor
        do {
            descriptor = try .open(
                "\(path).lock" as String, .readWrite,
                options: [.create, .noFollow, .nonBlocking, .closeOnExec],
                permissions: .ownerReadWrite)
        } catch {
            throw failure("write", error)
        }
        defer { try? descriptor.close() }
        // The umask may have taken our own bits away.
        fchmod(descriptor.rawValue, 0o600)
        var waited = 0
        while flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0 {
            let error = Errno.last
            guard error == .wouldBlock || error == .interrupted else { throw failure("lock", error) }
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

    private func failure(_ act: String, _ error: any Error) -> LMSError {
        LMSError(
            .io, "cannot \(act) the \(name) \(path)", error as? Errno ?? .ioError,
            hint: "Name another one with LMS_SESSION_FILE.")
    }
}
