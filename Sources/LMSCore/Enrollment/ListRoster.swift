/// Lists the students of a course, by username, with their names and numbers; or those who have some words in one of these.
package struct ListRoster: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    package var course: CourseReference
    package var status: EnrollmentStatus?
    package var words: String?
    package var limit: Int?
    package var after: Cursor?

    package init(
        course: CourseReference, status: EnrollmentStatus? = nil, words: String? = nil, limit: Int? = nil,
        after: Cursor? = nil
    ) {
        self.course = course
        self.status = status
        self.words = words
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<ListedStudent> {
        _ = try after?.username()
        let course = try context.courses.find(course)
        try Policy.requireMayManage(course, context.principal, .read)
        return try context.enrollments.page(
            of: course.id, status: status, try words.map { try PersonSearch($0) },
            try PageRequest(limit: limit, after: after))
    }

    enum CodingKeys: String, CodingKey {
        case course, status
        case words = "q"
        case limit, after
    }
}
