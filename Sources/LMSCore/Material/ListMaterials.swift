/// Lists the materials of a course in their order, or the one of a title.
///
/// A title names a material only within its course. On the wire it is a field of this list, not a part of a path, because paths
/// take no percent-encoding.
package struct ListMaterials: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    package var course: CourseReference
    /// Only the material of this title.
    package var title: String?
    /// Whether their texts are wanted; they are unless it is `false`.
    package var text: Bool?
    package var limit: Int?
    package var after: Cursor?

    package init(
        course: CourseReference, title: String? = nil, text: Bool? = nil, limit: Int? = nil,
        after: Cursor? = nil
    ) {
        self.course = course
        self.title = title
        self.text = text
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<Material> {
        _ = try after?.id(as: MaterialID.self)
        let course = try context.courses.find(course)
        try Policy.requireMayReadMaterials(of: course, context.principal, at: context.now)
        let request = try PageRequest(limit: limit, after: after)
        guard let title else {
            return try context.materials.page(of: course, withText: text ?? true, request)
        }
        // What cannot be a title is nobody's.
        guard let title = try? Title.checked(title),
            let only = try context.materials.holder(of: title, in: course.id)
        else { return Page(items: [], next: nil) }
        return try context.materials.page(of: course, only: only, withText: text ?? true, request)
    }
}
