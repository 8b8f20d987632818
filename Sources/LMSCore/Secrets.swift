/// Keeps what gives access out of what developers read.
enum Secrets {
    /// In Unicode scalars: a library's words can hold what others sent.
    private static let limit = 2000

    /// The text without tokens, hashes, and the passwords of URLs and of connection strings.
    static func hidden(in text: String) -> String {
        // More than is shown is looked at, so that a secret across the cut is found.
        let hidden = String(String.UnicodeScalarView(text.unicodeScalars.prefix(2 * limit)))
            .replacing(/lms_[A-Za-z0-9_\-]{20,}/, with: "lms_***")
            .replacing(/\$argon2[^\s)]*/, with: "$argon2***")
            // A password may hold an `@`, and a host may not.
            .replacing(/(:\/\/[^\s\/:@]*):\S*@/) { "\($0.1):***@" }
            .replacing(/(password"?\s*[=:]\s*)('(?:\\.|[^'\\])*'|"[^"]*"|[^\s&]+)/.ignoresCase()) { "\($0.1)***" }
        return String(String.UnicodeScalarView(hidden.unicodeScalars.prefix(limit)))
    }
}
