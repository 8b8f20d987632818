internal import Glibc

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
    @inlinable
    package init?(named text: String) {
        guard let found = Self.allCases.first(where: { $0.rawValue.isIdentical(to: text) }) else {
            return nil
        }
        self = found
    }
}

extension String {
    /// Whether two texts are the same bytes. `==` takes different spellings of a letter for equal.
    @usableFromInline
    package func isIdentical(to other: String?) -> Bool {
        guard let other, utf8.count == other.utf8.count else { return false }
        return utf8.withContiguousStorageIfAvailable { own in
            other.utf8.withContiguousStorageIfAvailable { other in
                guard let first = own.baseAddress, let second = other.baseAddress else { return true }
                return memcmp(first, second, own.count) == 0
            }
        }.flatMap(\.self) ?? utf8.elementsEqual(other.utf8)
    }

    /// Whether a NUL is in it.
    package var hasNUL: Bool {
        utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
        } ?? utf8.contains(0)
    }
}
