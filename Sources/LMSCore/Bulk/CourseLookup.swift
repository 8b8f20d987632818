/// Finds courses by code, most of them without the database.
final class CourseLookup {
    let statements: CourseStatements
    /// The ids.
    private let cache = NameCache<Int64>(bits: 14)

    init(_ statements: CourseStatements) {
        self.statements = statements
    }

    @inline(__always)
    func find(_ code: UnsafeBufferPointer<UInt8>) throws -> Int64? {
        if let id = cache.find(code) { return id }
        return try look(up: code)
    }

    private func look(up code: UnsafeBufferPointer<UInt8>) throws -> Int64? {
        let courseCode = CourseCode(code.text)
        guard courseCode.isValid, let id = try statements.id(of: courseCode) else { return nil }
        cache.put(code, id.rawValue)
        return id.rawValue
    }
}
