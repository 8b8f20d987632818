internal import Foundation

/// A new file that gets its name when it is whole. Whatever ends the process before, nothing of it is left behind.
///
/// Where the file system has no files without names (NFS, some of FUSE), it has a name of its own meanwhile, and what a
/// killed process left is removed by the next one that makes the same file: a lock tells that its maker is gone.
/// Source: linux, open(2), O_TMPFILE.
package final class UnnamedFile: Sendable {
    package let descriptor: Int32
    private let folder: Int32
    /// The name that it has meanwhile, where it cannot be without.
    private let stopgap: String?

    /// - Parameters:
    ///   - folder: An open folder of the file system that it is to be in.
    ///   - name: The name that it will get.
    ///   - mode: As for open(2): the umask counts.
    ///   - isNamed: Do as where there are no files without names.
    /// - Throws: `POSIXError`.
    package init(in folder: Int32, for name: String, mode: UInt32, isNamed: Bool = false) throws {
        self.folder = try Self.checked(fcntl(folder, F_DUPFD_CLOEXEC, 0))
        if !isNamed, let descriptor = Self.openUnnamed(folder, mode) {
            self.descriptor = descriptor
            stopgap = nil
            return
        }
        do {
            Self.sweep(folder, name)
            let made = try Self.openNamed(folder, name, mode)
            descriptor = made.descriptor
            stopgap = made.name
        } catch {
            close(self.folder)
            throw error
        }
    }

    deinit {
        if let stopgap { unlinkat(folder, stopgap, 0) }
        close(descriptor)
        close(folder)
    }

    /// `nil` where this file system has no such files, or they could not be named later.
    private static func openUnnamed(_ folder: Int32, _ mode: UInt32) -> Int32? {
        let withoutName: Int32 = 0o20_000_000 | O_DIRECTORY
        let descriptor = openat(folder, ".", withoutName | O_RDWR | O_CLOEXEC, mode)
        guard descriptor >= 0 else { return nil }
        guard access(path(of: descriptor), F_OK) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func openNamed(
        _ folder: Int32, _ name: String, _ mode: UInt32
    ) throws -> (descriptor: Int32, name: String) {
        while true {
            let stopgap = "\(name)\(infix)\(UInt64.random(in: .min ... .max))"
            let descriptor = try checked(
                openat(folder, stopgap, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode))
            var status = stat()
            // Between the two calls another process may have taken it for left behind.
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0, status.st_nlink > 0
            {
                return (descriptor, stopgap)
            }
            close(descriptor)
        }
    }

    // MARK: - Writing

    /// - Throws: `POSIXError`.
    package func write(_ bytes: some Collection<UInt8>) throws {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            rest = rest.dropFirst(Int(try Self.checked(Int32(clamping: count))))
        }
    }

    /// Makes its content durable.
    package func synchronize() throws {
        _ = try Self.checked(fsync(descriptor))
    }

    // MARK: - Naming

    /// Gives it a name that nothing has.
    ///
    /// - Throws: `POSIXError` `EEXIST` where something has it.
    package func link(as name: String, in folder: Int32) throws {
        guard let stopgap else {
            _ = try Self.checked(
                linkat(AT_FDCWD, Self.path(of: descriptor), folder, name, AT_SYMLINK_FOLLOW))
            return
        }
        if linkat(self.folder, stopgap, folder, name, 0) != 0 {
            // A file system without hard links.
            guard errno != EEXIST, faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0 else {
                throw POSIXError(.EEXIST)
            }
            _ = try Self.checked(renameat(self.folder, stopgap, folder, name))
        }
    }

    /// Gives it the name that it was made for, which another file may have: that one is gone then.
    package func replace(_ name: String) throws {
        let near = stopgap ?? "\(name)\(Self.infix)\(UInt64.random(in: .min ... .max))"
        if stopgap == nil { try link(as: near, in: folder) }
        guard renameat(folder, near, folder, name) == 0 else {
            let code = errno
            unlinkat(folder, near, 0)
            throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
        }
    }

    // MARK: - Leftovers

    /// Between the name and a number.
    private static let infix = ".new-"

    /// Removes what killed processes left of files for this name.
    package static func sweep(_ folder: Int32, _ name: String) {
        guard case let own = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), own >= 0,
            let listing = fdopendir(own)
        else { return }
        defer { closedir(listing) }
        let start = Array("\(name)\(infix)".utf8)
        while let entry = readdir(listing) {
            let found = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            let number = found.utf8.dropFirst(start.count)
            guard found.utf8.starts(with: start), !number.isEmpty, number.count <= 20,
                number.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            else { continue }
            removeIfOrphaned(folder, found)
        }
    }

    private static func removeIfOrphaned(_ folder: Int32, _ name: String) {
        let descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_uid == geteuid(), flock(descriptor, LOCK_EX | LOCK_NB) == 0
        else { return }
        unlinkat(folder, name, 0)
    }

    private static func path(of descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

    private static func checked(_ result: Int32) throws -> Int32 {
        guard result < 0 else { return result }
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
}
