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
    /// Whether they are in the order in which they are due; those that never are come last.
    package var due: Bool?
    /// Whether they are wanted as the course's students see them now, by one of its teachers.
    package var asStudent: Bool?
    package var limit: Int?
    package var after: Cursor?

    package init(
        course: CourseReference, title: String? = nil, text: Bool? = nil, due: Bool? = nil, asStudent: Bool? = nil,
        limit: Int? = nil, after: Cursor? = nil
    ) {
        self.course = course
        self.title = title
        self.text = text
        self.due = due
        self.asStudent = asStudent
        self.limit = limit
        self.after = after
    }

    enum CodingKeys: String, CodingKey {
        case course, title, text, due
        case asStudent = "as_student"
        case limit, after
    }

    package func perform(in context: Context) throws -> Page<Material> {
        _ = try after?.id(as: MaterialID.self)
        let course = try context.courses.find(course)
        let calendar = try context.transaction.calendar()
        let visibility = try visibility(of: course, on: calendar, for: context.principal)
        let lists = context.materials(for: visibility, on: calendar)
        let request = try PageRequest(limit: limit, after: after)
        if due == true { return try lists.byDue(of: course, withText: text ?? true, request) }
        guard let title else {
            return try lists.inOrder(of: course, withText: text ?? true, request)
        }
        // What cannot be a title is nobody's.
        guard let title = try? Title.checked(title),
            let only = try context.materials.holder(of: title, in: course.id),
            var material = try context.materials.find(only, withText: text ?? true), visibility.includes(material.plan)
        else { return Page(items: [], next: nil) }
        material.position = try lists.position(of: material)
        return Page(items: [material.told(of: course, on: calendar)], next: nil)
    }

    private func visibility(
        of course: Course, on calendar: SchoolCalendar, for principal: Principal
    ) throws -> MaterialVisibility {
        guard asStudent == true else {
            return try Policy.requireMayReadMaterials(of: course, principal, on: calendar)
        }
        try Policy.requireMayManage(course, principal, .read)
        return try Policy.studentsVisibility(of: course, on: calendar)
    }
}
