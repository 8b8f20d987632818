/// A value of a YAML document, and where it begins.
package struct YAMLNode {
    package indirect enum Content {
        /// Nothing is said: an empty value, `~` or `null`.
        case nothing
        /// Whatever stands there, number or date or word, is its text.
        case text(String)
        case list([YAMLNode])
        case fields([YAMLField])
    }

    package let content: Content
    /// In Unicode scalars from the text's beginning.
    package let mark: Int
}

/// A key of a mapping, with its value.
package struct YAMLField {
    package let key: String
    package let mark: Int
    package let value: YAMLNode
}

/// What is wrong with a text as YAML.
package struct YAMLError: Error {
    package let mark: Int
    package let message: String
}
