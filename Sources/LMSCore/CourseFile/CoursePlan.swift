internal import CSodium

/// What course files would change, or have changed.
///
/// What was agreed to is what is done: whoever saw a plan sends its digest with the act, and where the plan has become another
/// one, nothing is done.
package struct CoursePlan: Codable, Sendable {
    package let changes: [Written<CourseChange>]
    /// The digest of the changes: applied with it, no other plan is carried out.
    package let plan: String

    init(_ changes: [Written<CourseChange>]) {
        self.changes = changes
        plan = Self.digest(of: changes)
    }

    /// Whether something would be made other than it is.
    package var hasChanges: Bool { changes.contains { $0.outcome != .unchanged } }

    /// BLAKE2b over all that the changes say.
    private static func digest(of changes: [Written<CourseChange>]) -> String {
        var bytes: [UInt8] = []
        for change in changes {
            let record = change.record
            let parts =
                [
                    record.kind.rawValue, record.course.rawValue, record.subject, change.outcome.rawValue,
                ] + record.fields
            for part in parts { bytes += Array(part.utf8) + [0] }
            bytes.append(0)
        }
        var digest = [UInt8](repeating: 0, count: 16)
        crypto_generichash(&digest, digest.count, bytes, UInt64(bytes.count), nil, 0)
        return Base64.encode(digest, .url)
    }
}

/// One thing in a plan.
package struct CourseChange: Codable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case course
        case material
        case student
        case teacher
    }

    package let kind: Told<Kind>
    package let course: CourseCode
    /// The title of the course or the material, or the student's or teacher's username.
    package let subject: String
    /// The keys of a course file that change.
    package let fields: [String]
    /// What is to be known of the change.
    package var note: String?

    /// Of a text that changes in nothing but how its lines end: Git and editors do that by themselves.
    package static let lineEndsOnly = "line ends only"
}
