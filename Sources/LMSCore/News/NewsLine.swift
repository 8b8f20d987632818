package import LMSText

/// Something new in a course.
package struct NewsLine: Codable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// Students see a material from then on.
        case material
        /// A material that students had seen was changed then, for the last time.
        case change
        /// The reader's request to join was approved.
        case approval
        /// A student asked to join.
        case request
        /// A student joined.
        case join
        /// A student left, or took a request back.
        case leave
        /// The reader was named a teacher of the course.
        case teacher
    }

    package let at: Instant
    package let kind: Told<Kind>
    /// The code that the course has now.
    package let course: CourseCode
    /// A material's title, a student's username as the log has it, or the course's code.
    package let subject: String
    /// The material's, where it is about one.
    package let id: MaterialID?

    /// An id that is missing is written as null.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(at.description, forKey: .at)
        members.encode(kind.rawValue, forKey: .kind)
        members.encode(course.rawValue, forKey: .course)
        members.encode(subject, forKey: .subject)
        members.encode(orNull: id?.rawValue, forKey: .id)
    }
}
