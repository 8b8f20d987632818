/// A text as a key that is compared by its bytes.
///
/// `String` compares and hashes the composed form of a text, which takes more than one pass over letters with very many
/// marks, and takes different spellings for one key.
package struct ExactText: Hashable {
    let text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.isIdentical(to: right.text)
    }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
