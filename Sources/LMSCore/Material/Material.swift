/// Something to read in a course.
package struct Material: Codable, Sendable {
    /// None in a dry run that would have made it.
    package var id: MaterialID?
    package var title: String
    /// The place in the course's order, from 1.
    package var position: Int
    package var course: CourseID
    /// The text, byte for byte; absent where it was not asked for.
    package var description: String?
    /// The code of the course; none inside the core, where nobody is told.
    package var courseCode: CourseCode?

    /// The id is written as null where it is missing, a text that was not asked for not at all.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(orNull: id?.rawValue, forKey: .id)
        try container.encode(title, forKey: .title)
        try container.encode(position, forKey: .position)
        try container.encode(course.rawValue, forKey: .course)
        if let description { try container.encode(description, forKey: .description) }
        try container.encode(orNull: courseCode?.rawValue, forKey: .courseCode)
    }

    enum CodingKeys: String, CodingKey {
        case id, title, position, course, description
        case courseCode = "course_code"
    }
}

extension Material {
    /// The same with the code of its course.
    func named(by course: Course) -> Material {
        var named = self
        named.courseCode = course.code
        return named
    }
}

/// The id of a material as somebody wrote it.
package struct MaterialReference: Reference {
    package let text: String
    package init(_ text: String) { self.text = text }

    var id: MaterialID? { id(of: .material) }
}
