/// Something to read in a course.
package struct Material: Codable, Sendable {
    /// None in a rehearsal that would have made it.
    package var id: MaterialID?
    package var title: String
    /// The place in the course's order, from 1.
    package var position: Int
    package var course: CourseID
    /// The text, byte for byte; absent where it was not asked for.
    package var description: String?
}

/// The id of a material as somebody wrote it.
package struct MaterialReference: Reference {
    package let text: String
    package init(_ text: String) { self.text = text }
}
