/// A value of a YAML document, and where it begins.
struct YAMLNode {
    indirect enum Content {
        /// Nothing is said: an empty place, `~` or `null`.
        case nothing
        /// Whatever stands there, number or date or word, is its text.
        case text(String)
        case list([YAMLNode])
        case fields([YAMLField])
    }

    let content: Content
    /// In Unicode scalars from the text's beginning.
    let place: Int
}

/// A key of a mapping, with its value.
struct YAMLField {
    let key: String
    let place: Int
    let value: YAMLNode
}

/// What is wrong with a text as YAML.
struct YAMLError: Error {
    let place: Int
    let message: String
}
