// Pieces of sentences that users read.

/// `1 course`, `3 courses`.
package func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}

/// A user's words inside a message, short enough to be read.
func quoted(_ text: String) -> String {
    text.unicodeScalars.count <= 80
        ? "'\(text)'" : "'\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(77))))...'"
}
