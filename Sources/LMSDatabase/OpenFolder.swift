internal import Glibc
package import SystemPackage

/// A folder that is held open, so that nobody puts another in its place.
package final class OpenFolder: Sendable {
    package let path: String
    package let descriptor: FileDescriptor

    /// The folder that a user named, by a link too.
    ///
    /// - Throws: `Errno`.
    package init(_ path: String) throws {
        self.path = path
        descriptor = try FileDescriptor.open(
            path.isEmpty ? "." : path, .readOnly, options: [.directory, .closeOnExec])
    }

    private init(path: String, descriptor: FileDescriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { try? descriptor.close() }

    /// The path of the folder that a file is in; empty for a name alone.
    ///
    /// By its last slash: `FilePath` would take a tenth of a short command's time.
    package static func path(of file: String) -> String {
        guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }

    /// The folder of that name in this one, which may be no link.
    ///
    /// - Throws: `Errno`.
    package func folder(_ name: String) throws -> OpenFolder {
        let opened = try Errno.checked(
            openat(descriptor.rawValue, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
        return OpenFolder(path: "\(path)/\(name)", descriptor: FileDescriptor(rawValue: opened))
    }
}
