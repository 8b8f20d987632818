internal import Foundation
package import SystemPackage

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
