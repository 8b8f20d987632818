/// A value of a YAML document, and where it begins.
package struct YAMLNode {
    package indirect enum Content {
        /// No value: nothing behind the key, `~` or `null`.
        case nothing
        /// A scalar as it is written: numbers and dates are texts too.
        case text(String)
        case list([YAMLNode])
        case fields([YAMLField])
    }

    package let content: Content
    /// libyaml's index: in Unicode scalars from the text's beginning.
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
