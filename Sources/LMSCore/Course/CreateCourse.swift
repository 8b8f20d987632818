internal import LMSText

/// Creates a course that belongs to the caller.
package struct CreateCourse: Mutation {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    /// The title is needed. Without a code, one is made from the title.
    package var fields: CourseFields
    /// A course of that code that one teaches is fine as it is.
    package var ifNotExists: Bool?

    package init(_ fields: CourseFields, ifNotExists: Bool? = nil) {
        self.fields = fields
        self.ifNotExists = ifNotExists
    }

    package func perform(in context: Context) throws -> Written<NewCourse> {
        try Policy.requireMayOwnCourses(context.principal)
        let values = try checked(in: context)
        if let existing = try context.courses.find(values.code) {
            guard ifNotExists == true, existing.isTaught else {
                throw LMSError.codeTaken(values.code)
            }
            return context.written(existing.withOptionalID, .unchanged)
        }
        guard let id = try context.courses.insert(values) else { throw LMSError.codeTaken(values.code) }
        let name = try context.users.name(of: context.principal.id)
        try context.audit(.createCourse, Course(id, values, of: context.principal, named: name), subject: values.title)
        return context.written(NewCourse(context.created(id), values, of: context.principal, named: name), .created)
    }

    private func checked(in context: Context) throws -> CourseValues {
        let fields = try fields.checked()
        guard let title = fields.title else { throw LMSError(.invalid, "a course needs a title") }
        guard ifNotExists != true || fields.code != nil else {
            throw LMSError(.invalid, "without a code, nothing tells whether the course exists")
        }
        return try CourseValues(
            fields, title: title,
            code: try fields.code ?? context.courses.firstFree(CourseCode(madeFrom: title)),
            teacher: context.principal.id, today: { try context.transaction.calendar().today })
    }

    enum CodingKeys: String, CodingKey {
        case ifNotExists = "if_not_exists"
    }

    package init(from decoder: any Decoder) throws {
        fields = try CourseFields(from: decoder, needsTitle: true)
        ifNotExists = try decoder.container(keyedBy: CodingKeys.self)
            .decodeIfPresent(Bool.self, forKey: .ifNotExists)
    }

    package func encode(to encoder: any Encoder) throws {
        try fields.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(ifNotExists, forKey: .ifNotExists)
    }
}

extension LMSError {
    static func codeTaken(_ code: CourseCode) -> LMSError {
        LMSError(.conflict, "the course code '\(code)' is taken", hint: "Choose another one with --code.")
    }
}
