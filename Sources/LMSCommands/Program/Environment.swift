internal import Glibc
internal import LMSCore

/// Environment variables. One that is empty counts as not set.
package struct Environment: Sendable {
    private let look: @Sendable (String) -> String?

    package init(_ values: [String: String]) {
        look = { values[$0] }
    }

    private init(look: @escaping @Sendable (String) -> String?) {
        self.look = look
    }

    static let live = Environment { name in getenv(name).map { String(cString: $0) } }

    subscript(name: String) -> String? {
        guard let value = look(name), !value.isEmpty else { return nil }
        return value
    }

    /// Whether a variable is set, and empty.
    func isEmpty(_ name: String) -> Bool { look(name)?.isEmpty == true }

    /// Whether a variable says yes.
    func isSet(_ name: String) -> Bool {
        ["1", "true", "yes"].contains(self[name]?.withoutWrapping.lowercased())
    }

    /// Whether somebody who looks for a defect wants to know what happened inside.
    var tellsCauses: Bool { isSet("LMS_DEBUG") }

    /// Where the user's own files are.
    ///
    /// - Throws: `LMSError` `io` where `HOME` is no absolute path.
    func home() throws -> String {
        guard let home = self["HOME"], home.hasPrefix("/") else {
            throw LMSError(
                .io, "HOME names no folder, so there is no place for the session file and the database",
                hint: "Set HOME, or LMS_SESSION_FILE and --db.")
        }
        return home
    }
}
