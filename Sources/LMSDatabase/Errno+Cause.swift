internal import Glibc
package import SystemPackage

/// Descriptors and their errors are swift-system's (`FileDescriptor`, `Stat`), which SwiftNIO brings along: writing all bytes,
/// and going on after a signal, is written once, and an error keeps its number for the chain of causes. What swift-system has
/// no call for (`openat`, `linkat`, `flock`) is called as C has it. A path is opened as it was written, not as a `FilePath`,
/// which leaves out a last slash.
extension Errno {
    /// Why the last call of the system failed, where swift-system has no call that says so itself.
    package static var last: Errno { Errno(rawValue: errno) }

    /// For a chain of causes: in words, and by its name, as in `Permission denied (EACCES)`.
    package var cause: String {
        let names = Self.names.split(separator: " ")
        let index = Int(rawValue) - 1
        guard names.indices.contains(index), names[index] != "-" else { return "\(self)" }
        return "\(self) (\(names[index]))"
    }

    /// The names of the errors from 1 on; two numbers are not in use. Swift sees no `strerrorname_np`.
    /// Source: linux, include/uapi/asm-generic/errno-base.h and errno.h
    private static let names = """
        EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV \
        ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK \
        ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP - ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT \
        EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT - EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT \
        ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ \
        ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT \
        EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET \
        ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS \
        ESTALE EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED \
        EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL EHWPOISON
        """

    /// A result of the system's.
    ///
    /// - Throws: `Errno` for a negative one.
    @discardableResult
    static func checked(_ result: Int32) throws(Errno) -> Int32 {
        guard result < 0 else { return result }
        throw Errno.last
    }
}
