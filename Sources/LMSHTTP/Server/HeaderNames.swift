internal import HTTPTypes

/// The headers that swift-http-types does not name.
enum Header {
    static let requestID = HTTPField.Name("X-Request-Id")
    static let contentTypeOptions = HTTPField.Name("X-Content-Type-Options")
    static let link = HTTPField.Name("Link")
}

extension HTTPFields {
    /// A field whose name is one of `Header`'s. A text that cannot be a name has no values.
    subscript(name: HTTPField.Name?) -> String? {
        get { name.flatMap { self[$0] } }
        set { if let name { self[name] = newValue } }
    }
}
