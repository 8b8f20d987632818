package import LMSText

/// An entry of the log of courses: one act, as the course's teachers read it.
///
/// `actor`, `via` and `action` are plain texts: a row may be from a newer program, which knows more of them.
package struct LogEntry: Codable, Sendable {
    package let at: Instant
    /// A username, or `(operator)`.
    package let actor: String
    /// `cli` or `http`.
    package let via: String
    /// One of `AuditAction`'s.
    package let action: String
    /// The code of the course when it was done.
    package let course: String
    /// What in the course it was done to: a material's title, students' names.
    package let subject: String?

    /// What is missing is written as null.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(at.description, forKey: .at)
        members.encode(actor, forKey: .actor)
        members.encode(via, forKey: .via)
        members.encode(action, forKey: .action)
        members.encode(course, forKey: .course)
        members.encode(orNull: subject, forKey: .subject)
    }
}
