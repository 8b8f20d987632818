internal import LMSText

/// Adds a material at the end of a course, or brings the one of its title up to date.
package struct AddMaterial: Mutation {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    package var course: CourseReference
    /// The description is needed for a new material. Without a title, one is made from it.
    package var fields: MaterialFields
    /// What becomes of a material of that title; where nothing is said, it is an error.
    package var ifExists: IfExists?

    package init(course: CourseReference, _ fields: MaterialFields, ifExists: IfExists? = nil) {
        self.course = course
        self.fields = fields
        self.ifExists = ifExists
    }

    package func perform(in context: Context) throws -> Written<NewMaterial> {
        let course = try context.courses.find(course)
        try Policy.requireMayManage(course, context.principal, .write)
        if let written = try performOnExisting(in: course, context) { return written }
        let values = try checked(for: course, in: context)
        guard let id = try context.materials.insert(values) else {
            throw LMSError.titleTaken(values.title, in: course)
        }
        try context.audit(.addMaterial, course, subject: values.title)
        let calendar = try context.transaction.calendar()
        return context.written(NewMaterial(context.created(id), values, in: course, on: calendar), .created)
    }

    /// - Returns: `nil` where there is no material of the title, or that is not to be asked.
    private func performOnExisting(in course: Course, _ context: Context) throws -> Written<NewMaterial>? {
        guard let ifExists, ifExists != .fail else { return nil }
        let checked = try fields.checked(last: { 0 })
        guard let title = try checked.title ?? checked.description.map(MaterialTitle.made),
            let holder = try context.materials.holder(of: title, in: course.id),
            let current = try context.materials.find(holder), current.title.isIdentical(to: title)
        else {
            guard fields.description != nil else {
                throw LMSError(
                    .invalid, "there is no such material yet, and a new one needs a text",
                    hint: "Give it with --description TEXT or --description-file FILE.")
            }
            return nil
        }
        guard ifExists == .update else {
            let calendar = try context.transaction.calendar()
            return context.written(current.told(of: course, on: calendar).withOptionalID, .unchanged)
        }
        let written = try context.edit(current, checked, in: course)
        return Written(written.record.withOptionalID, as: written)
    }

    private func checked(for course: Course, in context: Context) throws -> MaterialValues {
        let fields = try fields.checked(last: { try context.materials.lastPosition(in: course.id) })
        let text = fields.description ?? ""
        let title = try fields.title ?? freeTitle(for: text, in: course, context)
        try context.requireFree(title, in: course)
        let position = try context.materials.nextPosition(in: course.id)
        try context.requireRoom(forMaterials: position, in: course)
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
        case ifExists = "if_exists"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        course = try container.decode(CourseReference.self, forKey: .course)
        ifExists = try container.decodeIfPresent(IfExists.self, forKey: .ifExists)
        fields = try MaterialFields(ofNewFrom: decoder, needsDescription: ifExists != .update)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(course, forKey: .course)
        try container.encodeIfPresent(ifExists, forKey: .ifExists)
        try fields.encode(to: encoder)
    }
}

/// What becomes of something that is there already.
package enum IfExists: String, Codable, Sendable, CaseIterable {
    /// It is an error.
    case fail
    /// It stays as it is.
    case skip
    /// It is brought up to date; what is not given stays.
    case update
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
