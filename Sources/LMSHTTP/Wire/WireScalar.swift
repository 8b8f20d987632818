internal import LMSCore
internal import LMSText

/// A value that travels as one JSON text or number, and how the API's document describes it.
protocol WireScalar: Codable {
    static var schema: WireSchema { get }
    /// What is said where something else comes: `a date like 2027-01-11`.
    static var expectation: String { get }
    /// A value as it is written.
    static var example: JSONValue { get }
}

/// One of a few words.
protocol WireChoice: WireScalar, CaseIterable, RawRepresentable<String> {}

extension WireChoice {
    static var schema: WireSchema { .text(choices: allCases.map(\.rawValue)) }
    static var expectation: String { "one of: " + allCases.map(\.rawValue).joined(separator: ", ") }
    static var example: JSONValue { .string(allCases[allCases.startIndex].rawValue) }
}

extension Role: WireChoice {}
extension CourseRole: WireChoice {}
extension EnrollmentPolicy: WireChoice {}
extension EnrollmentStatus: WireChoice {}
extension ListCourses.Scope: WireChoice {}
extension SearchHit.Kind: WireChoice {}
extension NewsLine.Kind: WireChoice {}
extension Outcome: WireChoice {}
extension CourseChange.Kind: WireChoice {}
extension IfExists: WireChoice {}

extension Told: WireScalar where Value: WireChoice {
    static var schema: WireSchema { Value.schema }
    static var expectation: String { Value.expectation }
    static var example: JSONValue { Value.example }
}

extension String: WireScalar {
    static var schema: WireSchema { .text() }
    static var expectation: String { "a text" }
    static var example: JSONValue { .string("Biology") }
}

extension Bool: WireScalar {
    static var schema: WireSchema { .boolean }
    static var expectation: String { "true or false" }
    static var example: JSONValue { .boolean(true) }
}

extension Int: WireScalar {
    static var schema: WireSchema { .integer() }
    static var expectation: String { "a whole number" }
    static var example: JSONValue { .number("1") }
}

extension Identifier {
    static var schema: WireSchema { .identifier }
    static var expectation: String { "an id" }
    static var example: JSONValue { .number("1") }
}

extension UserID: WireScalar {}
extension SessionID: WireScalar {}
extension TrashID: WireScalar {}
extension CourseID: WireScalar {}
extension MaterialID: WireScalar {}
extension FoundID: WireScalar {}

extension Reference {
    static var expectation: String { "a text" }
    static var example: JSONValue { .string("1") }
}

extension CourseReference: WireScalar {
    /// An id or a code; an id looks like a code.
    static var schema: WireSchema {
        .text(
            pattern: "^(course:[1-9][0-9]{0,18}|[A-Za-z0-9][A-Za-z0-9._-]*)$", length: 1...CourseCode.limit)
    }
}
extension MaterialReference: WireScalar {
    static var schema: WireSchema { .text(pattern: "^(material:)?[1-9][0-9]{0,18}$") }
}
extension TrashReference: WireScalar {
    static var schema: WireSchema { .text(pattern: "^[1-9][0-9]{0,18}$") }
}
extension SessionReference: WireScalar {
    static var schema: WireSchema { .text(pattern: "^[1-9][0-9]{0,18}$") }
}

extension Username: WireScalar {
    static var schema: WireSchema {
        .text(pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$", length: 1...Username.limit)
    }
    static var expectation: String { "a username" }
    static var example: JSONValue { .string("siti") }
}

extension PersonName: WireScalar {
    static var schema: WireSchema { .text(length: 0...PersonName.limit) }
    static var expectation: String { "a text" }
    static var example: JSONValue { .string("Siti Aminah") }
}

extension PersonNumber: WireScalar {
    static var schema: WireSchema { .text(length: 0...PersonNumber.limit) }
    static var expectation: String { "a text" }
    static var example: JSONValue { .string("0081234567") }
}

extension CourseCode: WireScalar {
    static var schema: WireSchema {
        .text(
            pattern: "^(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._-]*$", length: 1...CourseCode.limit)
    }
    static var expectation: String { "a course code" }
    static var example: JSONValue { .string("bio-101") }
}

extension Password: WireScalar {
    static var schema: WireSchema { .text(format: "password") }
    static var expectation: String { "a text" }
    static var example: JSONValue { .string("correct horse battery") }
}

extension EnrollmentKey: WireScalar {
    static var schema: WireSchema { .text() }
    static var expectation: String { "a text" }
    static var example: JSONValue { .string("K7QX-93MF") }
}

extension SessionToken: WireScalar {
    static var schema: WireSchema { .text(pattern: "^lms_[A-Za-z0-9_-]{43}$") }
    static var expectation: String { "a token" }
    static var example: JSONValue { .string("lms_" + String(repeating: "A", count: 43)) }
}

extension Cursor: WireScalar {
    static var schema: WireSchema { .text() }
    static var expectation: String { "the 'next' of a list" }
    static var example: JSONValue { .string("100") }
}

extension Lifetime: WireScalar {
    static var schema: WireSchema { .text(pattern: "^[0-9]+[dhm]$") }
    static var expectation: String { "a length of time like 30d, 12h or 45m" }
    static var example: JSONValue { .string("30d") }
}

extension Instant: WireScalar {
    /// To the second, in UTC.
    static var schema: WireSchema {
        .text(format: "date-time", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")
    }
    static var expectation: String { "a time like 2026-11-23T12:00:00Z" }
    static var example: JSONValue { .string("2026-11-23T12:00:00Z") }
}

extension DueDate: WireScalar {
    static var schema: WireSchema { .text(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$") }
    static var expectation: String { "a day like 2027-02-01, or 2027-02-01T23:59" }
    static var example: JSONValue { .string("2027-02-01T23:59") }
}

extension CalendarDate: WireScalar {
    static var schema: WireSchema { .text(format: "date") }
    static var expectation: String { "a date like 2027-01-11" }
    static var example: JSONValue { .string("2027-01-11") }
}
