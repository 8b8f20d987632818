package import LMSCore

extension CourseReference: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(text) }
}

extension CourseCode: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(text) }
}
