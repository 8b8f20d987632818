/// A text as a key that is compared by its bytes.
///
/// `String` compares and hashes the composed form of a text: different spellings are one key, and a letter with n marks
/// takes n² steps. What comes from outside and has no bound is compared by its bytes.
package struct ExactText: Hashable, Sendable {
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

extension CaseIterable where Self: RawRepresentable<String> {
    /// The case that a text from outside names, byte for byte.
    package init?(named text: String) {
        guard let found = Self.allCases.first(where: { $0.rawValue.isIdentical(to: text) }) else {
            return nil
        }
        self = found
    }
}

extension String {
    /// Whether two texts are the same bytes. `==` takes different spellings of a letter for equal.
    package func isIdentical(to other: String?) -> Bool {
        guard let other, utf8.count == other.utf8.count else { return false }
        return utf8.elementsEqual(other.utf8)
    }
}
