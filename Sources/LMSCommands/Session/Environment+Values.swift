internal import LMSCore
internal import LMSHTTP
internal import LMSText

/// Variables that name something. People and CI systems fill them with a line's end, blanks or quotes around the value.
extension Environment {
    /// The database of `LMS_DB`.
    ///
    /// - Throws: `LMSError` `usage` that names the variable.
    func database() throws -> DatabaseLocation? {
        try naming("LMS_DB") { try DatabaseLocation(named: $0) }
    }

    /// The server of `LMS_SERVER`.
    ///
    /// - Throws: `LMSError` `usage` that names the variable.
    func server() throws -> Origin? {
        try naming("LMS_SERVER") { try Origin($0.withoutWrapping) }
    }

    /// The token of `LMS_TOKEN`.
    ///
    /// - Throws: `LMSError` `notSignedIn` for what cannot be one. The message shows nothing of the value.
    func token() throws -> SessionToken? {
        guard let value = self["LMS_TOKEN"] else { return nil }
        let text = value.withoutWrapping
        if let token = SessionToken(text) { return token }
        throw LMSError(
            .notSignedIn, "LMS_TOKEN does not hold a token of lms: \(Self.reason(against: text))",
            hint: "A token is '\(SessionToken.prefix)' and 43 more letters, digits, - or _. "
                + "Make one with: lms token create --label NAME")
    }

    /// A file that a variable names.
    ///
    /// - Throws: `LMSError` `usage` that names the variable, for a path that is not there and was hardly meant.
    func path(_ name: String) throws -> String? {
        try naming(name) { path in
            try PathSlip.refuse(path)
            return path
        }
    }

    private func naming<T>(_ name: String, _ body: (String) throws -> T) throws -> T? {
        guard let value = self[name] else { return nil }
        do {
            return try body(value)
        } catch let error as LMSError {
            throw error.reworded("\(name): \(error.message)", hint: error.hint)
        }
    }

    private static func reason(against text: String) -> String {
        let length = SessionToken.length
        if text.isEmpty { return "there are only blanks in it" }
        if text.hasPrefix("$") { return "the variable in it was not filled in" }
        if text.lowercased().hasPrefix("bearer ") { return "leave out 'Bearer'" }
        if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return "this is the number of one, and its secret was shown when it was made"
        }
        guard text.hasPrefix(SessionToken.prefix) else {
            return "it does not begin with '\(SessionToken.prefix)'"
        }
        if text.contains(where: \.isWhitespace) { return "there is a blank or a new line in it" }
        let count = text.unicodeScalars.count
        if count < length { return "it has \(count) of \(length) characters" }
        return count > length
            ? "it has \(count) characters, and a token has \(length)"
            : "there is a character in it that no token has"
    }
}
