// Pieces of sentences that users read.

/// `1 course`, `3 courses`.
package func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}

/// A user's words inside a message, short enough to be read, with what nobody sees in them written out:
/// `'siti\u{200b}'`.
package func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    return scalars.count <= 80
        ? "'\(text.spelledOut)'"
        : "'\(String(String.UnicodeScalarView(scalars.prefix(77))).spelledOut)...'"
}
