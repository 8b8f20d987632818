internal import LMSText

/// Adds a material at the end of a course.
package struct AddMaterial: Mutation {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    package var course: CourseReference
    /// The description is needed. Without a title, one is made from it.
    package var fields: MaterialFields

    package init(course: CourseReference, _ fields: MaterialFields) {
        self.course = course
        self.fields = fields
    }

    package func perform(in context: Context) throws -> Written<NewMaterial> {
        let course = try context.courses.find(course)
        try Policy.requireMayManage(course, context.principal)
        let values = try checked(for: course, in: context)
        guard let id = try context.materials.insert(values) else {
            throw LMSError.titleTaken(values.title, in: course)
        }
        try context.audit(.addMaterial, course, subject: values.title)
        return context.written(NewMaterial(context.created(id), values, in: course), .created)
    }

    private func checked(for course: Course, in context: Context) throws -> MaterialValues {
        let fields = try fields.checked(last: { try context.materials.lastPosition(in: course.id) })
        let text = fields.description ?? ""
        let title = try fields.title ?? freeTitle(for: text, in: course, context)
        try context.requireFree(title, in: course)
        let position = try context.materials.nextPosition(in: course.id)
        try CourseRules.requireRoom(forMaterials: position, in: course)
        return MaterialValues(
            course: course.id, title: title, titleKey: MaterialRows.titleKey(title), description: text,
            position: position, plan: fields.plan.applied(to: MaterialPlan()).plan, createdAt: context.now)
    }

    private func freeTitle(for text: String, in course: Course, _ context: Context) throws -> String {
        let title = try MaterialTitle.made(from: text)
        guard let free = try context.materials.firstFree(title, in: course.id) else {
            throw LMSError.titleTaken(title, in: course)
        }
        return free
    }

    enum CodingKeys: String, CodingKey {
        case course
    }

    package init(from decoder: any Decoder) throws {
        course = try decoder.container(keyedBy: CodingKeys.self)
            .decode(CourseReference.self, forKey: .course)
        fields = try MaterialFields(ofNewFrom: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(course, forKey: .course)
        try fields.encode(to: encoder)
    }
}

extension Context {
    /// - Throws: `LMSError` `conflict` where another material of the course has a title that looks like this one.
    func requireFree(_ title: String, in course: Course, besides other: MaterialID? = nil) throws {
        guard let holder = try materials.holder(of: title, in: course.id, besides: other) else { return }
        guard let found = try materials.find(holder), !found.title.isIdentical(to: title) else {
            throw LMSError.titleTaken(title, in: course)
        }
        throw LMSError(
            .conflict,
            "the course '\(course.code)' has a material that looks the same: \(quoted(found.title)), and not \(quoted(title))",
            hint: "Choose another title.")
    }
}

extension LMSError {
    static func titleTaken(_ title: String, in course: Course) -> LMSError {
        titleTaken(title, in: course.code)
    }

    static func titleTaken(_ title: String, in course: CourseCode) -> LMSError {
        LMSError(
            .conflict, "the course '\(course)' has a material called \(quoted(title)) already",
            hint: "Choose another title.")
    }
}
