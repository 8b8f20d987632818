internal import LMSText

/// A course or a material that was found.
package struct SearchHit: Codable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case course
        case material
    }

    package let kind: Told<Kind>
    package let id: FoundID
    /// The material's course, or the course itself.
    package let course: CourseID
    package let title: String
    /// The words of the text around what was looked for, in one line; none where there is no text.
    package let snippet: String?
    /// The code of that course.
    package let courseCode: CourseCode?

    /// A snippet that is missing is written as null.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(kind.rawValue, forKey: .kind)
        members.encode(id.rawValue, forKey: .id)
        members.encode(course.rawValue, forKey: .course)
        members.encode(title, forKey: .title)
        members.encode(orNull: snippet, forKey: .snippet)
        members.encode(orNull: courseCode?.rawValue, forKey: .courseCode)
    }

    enum CodingKeys: String, CodingKey {
        case kind, id, course, title, snippet
        case courseCode = "course_code"
    }
}
