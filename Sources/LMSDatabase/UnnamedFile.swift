internal import Glibc
package import SystemPackage

/// A new file that gets its name when it is whole. Whatever ends the process before, nothing of it is left behind.
///
/// Where the file system has no files without names (NFS, some of FUSE), it has a name of its own meanwhile, and what a
/// killed process left is removed by the next one that makes the same file: a lock tells that its maker is gone.
/// Source: linux, open(2), O_TMPFILE.
///
/// Databases, backups, copies and exports are made so, and get their names at the end. Twenty processes that start at once make
/// one database, and whoever is killed leaves nothing, above all no copy with everybody's password hashes.
package final class UnnamedFile: Sendable {
    package let descriptor: FileDescriptor
    private let folder: OpenFolder
    /// The name that the file has until then, where the file system has none without a name.
    private let stopgap: String?

    /// - Parameters:
    ///   - folder: A folder of the file system that the file is to be in.
    ///   - name: The name that the file will get.
    ///   - mode: As for open(2): the umask counts.
    ///   - isNamed: Whether to do as on a file system that has no files without names.
    /// - Throws: `Errno`.
    package init(in folder: OpenFolder, for name: String, mode: UInt32, isNamed: Bool = false) throws {
        self.folder = folder
        if !isNamed, let descriptor = Self.openUnnamed(folder, mode) {
            self.descriptor = descriptor
            stopgap = nil
            return
        }
        Self.sweep(folder, name)
        let made = try Self.openNamed(folder, name, mode)
        descriptor = made.descriptor
        stopgap = made.name
    }

    deinit {
        if let stopgap { unlinkat(folder.descriptor.rawValue, stopgap, 0) }
        try? descriptor.close()
    }

    /// - Returns: `nil` where this file system has no files without names, or they could not be named later.
    private static func openUnnamed(_ folder: OpenFolder, _ mode: UInt32) -> FileDescriptor? {
        let withoutName: Int32 = 0o20_000_000 | O_DIRECTORY
        let opened = openat(folder.descriptor.rawValue, ".", withoutName | O_RDWR | O_CLOEXEC, mode)
        guard opened >= 0 else { return nil }
        let descriptor = FileDescriptor(rawValue: opened)
        guard access(path(of: descriptor), F_OK) == 0 else {
            try? descriptor.close()
            return nil
        }
        return descriptor
    }

    private static func openNamed(
        _ folder: OpenFolder, _ name: String, _ mode: UInt32
    ) throws -> (descriptor: FileDescriptor, name: String) {
        while true {
            let stopgap = "\(name)\(infix)\(UInt64.random(in: .min ... .max))"
            let opened = openat(
                folder.descriptor.rawValue, stopgap, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
            let descriptor = FileDescriptor(rawValue: try Errno.checked(opened))
            // Between the two calls another process may have taken the file for one that was left behind, and removed it.
            if flock(opened, LOCK_EX | LOCK_NB) == 0, let status = try? descriptor.stat(),
                status.linkCount > 0
            {
                return (descriptor, stopgap)
            }
            try? descriptor.close()
        }
    }

    // MARK: - Writing

    /// - Throws: `Errno`.
    package func write(_ bytes: some Sequence<UInt8>) throws {
        try descriptor.writeAll(bytes)
    }

    /// Makes the content durable.
    package func synchronize() throws {
        try Errno.checked(fsync(descriptor.rawValue))
    }

    // MARK: - Naming

    /// Gives the file a name that nothing has.
    ///
    /// - Throws: `Errno`, `fileExists` where something has it.
    package func link(as name: String, in folder: OpenFolder) throws {
        guard let stopgap else {
            try Errno.checked(
                linkat(
                    AT_FDCWD, Self.path(of: descriptor), folder.descriptor.rawValue, name, AT_SYMLINK_FOLLOW))
            return
        }
        if linkat(self.folder.descriptor.rawValue, stopgap, folder.descriptor.rawValue, name, 0) != 0 {
            // The file system has no hard links.
            guard Errno.last != .fileExists,
                faccessat(folder.descriptor.rawValue, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0
            else { throw Errno.fileExists }
            try Errno.checked(
                renameat(self.folder.descriptor.rawValue, stopgap, folder.descriptor.rawValue, name))
        }
    }

    /// Gives the file the name that it was made for. A file that has this name is replaced.
    package func replace(_ name: String) throws {
        let near = stopgap ?? "\(name)\(Self.infix)\(UInt64.random(in: .min ... .max))"
        if stopgap == nil { try link(as: near, in: folder) }
        guard renameat(folder.descriptor.rawValue, near, folder.descriptor.rawValue, name) == 0 else {
            let failure = Errno.last
            unlinkat(folder.descriptor.rawValue, near, 0)
            throw failure
        }
    }

    // MARK: - Leftovers

    /// What stands between a file's name and a number.
    private static let infix = ".new-"

    /// Removes what killed processes left of files for this name.
    package static func sweep(_ folder: OpenFolder, _ name: String) {
        guard case let own = openat(folder.descriptor.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
            own >= 0,
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

    private static func removeIfOrphaned(_ folder: OpenFolder, _ name: String) {
        let opened = openat(folder.descriptor.rawValue, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else { return }
        let descriptor = FileDescriptor(rawValue: opened)
        defer { try? descriptor.close() }
        guard let status = try? descriptor.stat(), status.type == .regular,
            status.userID.rawValue == geteuid(), flock(opened, LOCK_EX | LOCK_NB) == 0
        else { return }
        unlinkat(folder.descriptor.rawValue, name, 0)
    }

    private static func path(of descriptor: FileDescriptor) -> String {
        "/proc/self/fd/\(descriptor.rawValue)"
    }
}
