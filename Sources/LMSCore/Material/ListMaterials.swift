/// Lists the materials of a course in their order.
package struct ListMaterials: Query {
    package var course: CourseReference
    /// Whether their texts are wanted; they are unless it is `false`.
    package var text: Bool?
    package var limit: Int?
    package var after: Cursor?

    package init(
        course: CourseReference, text: Bool? = nil, limit: Int? = nil, after: Cursor? = nil
    ) {
        self.course = course
        self.text = text
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<Material> {
        _ = try after?.id(as: MaterialID.self)
        let course = try context.courses.find(course)
        try Policy.requireMayReadMaterials(of: course, context.principal, at: context.now)
        return try context.materials.page(
            of: course.id, withText: text ?? true, try PageRequest(limit: limit, after: after))
    }
}
