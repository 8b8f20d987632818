internal import LMSDatabase
package import LMSText

/// What was taken away.
enum TrashKind: String, CaseIterable, ValueConvertible {
    /// With all that was in it.
    case course
    case material
    /// Off a roster.
    case student
    /// Beside an owner.
    case teacher

    /// Whether all teachers of the course see it and bring it back; the rest is its owner's.
    var isOfCourse: Bool { self == .material || self == .student }
}

/// Something that was taken away and can come back.
package struct TrashEntry: Codable, Sendable {
    package let id: TrashID
    /// `course`, `material`, `student` or `teacher`; a newer server may know more of them.
    package let kind: String
    /// The code of the course that it was in, as it was then.
    package let course: CourseCode
    /// A title, or a person's username.
    package let subject: String
    package let at: Instant
    /// Who took it away.
    package let by: String
    /// When it goes for good.
    package let expiresAt: Instant

    enum CodingKeys: String, CodingKey {
        case id, kind, course, subject, at, by
        case expiresAt = "expires_at"
    }
}

/// What came back.
package struct RestoredEntry: Sendable {
    package let entry: TrashEntry
    /// How many people of a course did not come back with it: they were deleted, or have another role.
    package let passedOver: Int
}

extension RestoredEntry: Codable {
    private enum CodingKeys: String, CodingKey {
        case passedOver = "passed_over"
    }

    package init(from decoder: any Decoder) throws {
        entry = try TrashEntry(from: decoder)
        passedOver = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .passedOver)
    }

    package func encode(to encoder: any Encoder) throws {
        try entry.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(passedOver, forKey: .passedOver)
    }
}

/// The id of an entry as somebody wrote it.
package struct TrashReference: Reference {
    package let text: String
    package init(_ text: String) { self.text = text }

    var id: TrashID? { TrashID(text) }
}
