internal import LMSText

/// What a person is called, as it was given or is stored.
package struct PersonName: PersonalText {
    package let shown: String

    package init(_ text: String) { shown = text }

    package static let kind = "name"
    /// In scalars.
    package static let limit = 100

    /// The name by the rules of a title, as it is stored; `nil` for an empty text, which takes the name away.
    ///
    /// - Throws: `LMSError` `invalid` that says which rule is broken.
    func checked() throws -> PersonName? {
        shown.isEmpty ? nil : PersonName(try Title.checked(shown, of: Self.kind, atMost: Self.limit))
    }
}
