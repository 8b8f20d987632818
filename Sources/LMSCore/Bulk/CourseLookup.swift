/// Finds courses by code, most of them without the database.
final class CourseLookup {
    let statements: CourseStatements
    /// The ids.
    private let cache = NameCache<Int64>(bits: 14)
    private var block = KnownNames<Int64>()

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
        // Before it is looked for among others: an invalid one may fold to a valid one, or be long.
        guard courseCode.isValid else { return nil }
        if !block.isEmpty, let known = block[courseCode.folded] { return known }
        guard let id = try statements.id(of: courseCode) else { return nil }
        cache.put(code, id.rawValue)
        return id.rawValue
    }

    func find(_ code: String) throws -> Int64? {
        var code = code
        return try code.withUTF8 { try find($0) }
    }

    // MARK: - Many at once

    func beginBlock() {
        block.begin()
    }

    /// Notes a code that will be looked for.
    func expect(_ code: UnsafeBufferPointer<UInt8>) {
        let courseCode = CourseCode(code.text)
        if courseCode.isValid, cache.find(code) == nil { block.expect(courseCode.folded) }
    }

    func lookUp() throws {
        for (code, id) in try statements.ids(of: block.expected()) { block.note(code, id.rawValue) }
    }
}
