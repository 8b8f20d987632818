internal import HTTPTypes

/// The headers that swift-http-types does not name.
enum Header {
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")
    static let purpose = HTTPField.Name("Purpose")
    static let secPurpose = HTTPField.Name("Sec-Purpose")
    static let requestID = HTTPField.Name("X-Request-Id")
    static let contentTypeOptions = HTTPField.Name("X-Content-Type-Options")
    static let link = HTTPField.Name("Link")
    static let expectation = HTTPField.Name("Expect")
}

extension HTTPFields {
    /// A field whose name is one of `Header`'s. A text that cannot be a name has no values.
    subscript(name: HTTPField.Name?) -> String? {
        get { name.flatMap { self[$0] } }
        set { if let name { self[name] = newValue } }
    }

    subscript(values name: HTTPField.Name?) -> [String] {
        name.map { self[values: $0] } ?? []
    }
}
