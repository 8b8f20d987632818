/// Deletes a course with its materials and enrollments.
package struct DeleteCourse: UseCase {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var course: CourseReference

    package init(course: CourseReference) {
        self.course = course
    }

    package func perform(on service: LocalService) async throws -> Written<DeletedCourse> {
        let (answer, search) = try await service.write { try perform(in: $0) }
        if search == .later, !service.isDryRun { await service.workOffSearchBacklog() }
        return answer
    }

    private func perform(in context: Context) throws -> (Written<DeletedCourse>, SearchWriting) {
        let course = try context.courses.find(course)
        try Policy.requireMayGovern(course, context.principal)
        var rows = context.materials
        rows.search = try rows.hasMuchText(in: course.id) ? .later : .atOnce
        let materials = try rows.deleteAll(of: course.id)
        let enrollments = try context.enrollments.deleteAll(of: course.id)
        try context.courses.delete(course.id)
        try context.audit(.deleteCourse, course, subject: course.title)
        let answer = context.written(
            DeletedCourse(course: course, materials: materials, enrollments: enrollments), .deleted)
        return (answer, rows.search)
    }
}

/// A course that is gone, and how much went with it. Encoded as the course's keys, `materials` and
/// `enrollments`.
package struct DeletedCourse: Codable, Sendable {
    package let course: Course
    package let materials: Int
    package let enrollments: Int

    init(course: Course, materials: Int, enrollments: Int) {
        self.course = course
        self.materials = materials
        self.enrollments = enrollments
    }

    private enum CodingKeys: String, CodingKey {
        case materials, enrollments
    }

    package init(from decoder: any Decoder) throws {
        course = try Course(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        materials = try container.decode(Int.self, forKey: .materials)
        enrollments = try container.decode(Int.self, forKey: .enrollments)
    }

    package func encode(to encoder: any Encoder) throws {
        try course.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(materials, forKey: .materials)
        try container.encode(enrollments, forKey: .enrollments)
    }
}
