internal import LMSText

/// Changes a course. What is not given stays.
package struct EditCourse: Mutation {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    package var course: CourseReference
    package var fields: CourseFields

    package init(course: CourseReference, _ fields: CourseFields) {
        self.course = course
        self.fields = fields
    }

    package func perform(in context: Context) throws -> Written<Course> {
        let current = try context.courses.find(course)
        try Policy.requireMayManage(current, context.principal, .write)
        let (edited, changed) = try fields.checked().applied(to: current)
        guard !changed.isEmpty else { return context.written(current, .unchanged) }
        // Also one that the token does not see.
        var catalogue = context.courses
        catalogue.cut = nil
        if let holder = try catalogue.find(edited.code), holder.id != current.id {
            throw LMSError.codeTaken(edited.code)
        }
        try context.courses.update(current.id, to: edited, isPolicyOther: changed.contains(.enrollment))
        try context.audit(.editCourse, edited, subject: edited.title)
        return context.written(edited, .updated)
    }

    enum CodingKeys: String, CodingKey {
        case course
    }

    package init(from decoder: any Decoder) throws {
        course = try decoder.container(keyedBy: CodingKeys.self)
            .decode(CourseReference.self, forKey: .course)
        fields = try CourseFields(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(course, forKey: .course)
        try fields.encode(to: encoder)
    }
}
