internal import Foundation
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
        POSIXErrorCode(rawValue: rawValue).map { "\(self) (\($0))" } ?? "\(self)"
    }

    /// A result of the system's.
    ///
    /// - Throws: `Errno` for a negative one.
    @discardableResult
    static func checked(_ result: Int32) throws(Errno) -> Int32 {
        guard result < 0 else { return result }
        throw Errno.last
    }
}
