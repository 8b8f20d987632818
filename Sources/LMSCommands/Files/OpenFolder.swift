internal import Foundation
internal import LMSCore

/// A folder that is held open, so that nobody puts another in its place.
final class OpenFolder {
    let path: String
    let descriptor: Int32

    /// The folder that a user named, by a link too.
    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw NewFiles.failure(path, POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO))
        }
    }

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// - Returns: The folder of that name in this one; `nil` where there is none.
    /// - Throws: `LMSError` `io` for anything else, a link among them.
    func folder(_ name: String) throws -> OpenFolder? {
        let inner = "\(path)/\(name)"
        let opened = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard opened < 0 else { return OpenFolder(path: inner, descriptor: opened) }
        let code = errno
        var status = stat()
        if code == ENOENT { return nil }
        if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFLNK {
            throw LMSError(
                .io, "\(inner) is a symbolic link, which lms does not follow", hint: "Choose another folder.")
        }
        throw NewFiles.failure(inner, POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO))
    }
}
