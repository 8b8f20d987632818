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
        try Policy.requireMayGovern(course, context.principal, .delete)
        let search: SearchWriting = try context.materials.hasMuchText(in: course.id) ? .later : .atOnce
        let (entry, materials, enrollments) = try context.takeAway(course, search)
        try context.audit(.deleteCourse, course, subject: course.title)
        let answer = context.written(
            DeletedCourse(
                course: course, materials: materials, enrollments: enrollments, trash: entry.flatMap { context.created($0) }),
            .deleted)
        return (answer, search)
    }
}

/// A course that is gone, and how much went with it. Encoded as the course's keys, `materials`, `enrollments` and `trash`.
package struct DeletedCourse: Codable, Sendable {
    package let course: Course
    package let materials: Int
    package let enrollments: Int
    /// What brings it back (`RestoreTrash`); none in a dry run, and where nothing is kept.
    package let trash: TrashID?

    init(course: Course, materials: Int, enrollments: Int, trash: TrashID?) {
        self.course = course
        self.materials = materials
        self.enrollments = enrollments
        self.trash = trash
    }

    private enum CodingKeys: String, CodingKey {
        case materials, enrollments, trash
    }

    package init(from decoder: any Decoder) throws {
        course = try Course(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        materials = try container.decode(Int.self, forKey: .materials)
        enrollments = try container.decode(Int.self, forKey: .enrollments)
        trash = try container.decodeIfPresent(TrashID.self, forKey: .trash)
    }

    package func encode(to encoder: any Encoder) throws {
        try course.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(materials, forKey: .materials)
        try container.encode(enrollments, forKey: .enrollments)
        try container.encode(trash, forKey: .trash)
    }
}
