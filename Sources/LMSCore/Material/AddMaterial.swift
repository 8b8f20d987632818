/// Adds a material at the end of a course.
package struct AddMaterial: Mutation {
    package var course: CourseReference
    /// Made from the text where it is missing.
    package var title: String?
    package var description: String

    package init(course: CourseReference, title: String? = nil, description: String) {
        self.course = course
        self.title = title
        self.description = description
    }

    package func perform(in context: Context) throws -> Written<Material> {
        let course = try context.courses.find(course)
        try Policy.requireMayManage(course, context.principal)
        guard let courseID = course.id else { throw LMSError(.internal, "a course without an id") }
        let text = try Description.checked(description)
        let title =
            try title.map { try Title.checked($0) } ?? freeTitle(for: text, in: course, courseID, context)
        try context.requireFree(title, in: course)
        let position = try context.materials.nextPosition(in: courseID)
        guard position <= Course.materialLimit else { throw LMSError.courseFull(course.code, position - 1) }
        var material = Material(
            id: nil, title: title, position: position, course: courseID, description: text,
            courseCode: course.code)
        guard let id = try context.materials.insert(material, titleKey: MaterialRows.titleKey(title))
        else {
            throw LMSError.titleTaken(title, in: course)
        }
        material.id = context.created(id)
        try context.audit(.addMaterial, course, subject: title)
        return context.written(material, .created)
    }

    private func freeTitle(
        for text: String, in course: Course, _ id: CourseID, _ context: Context
    ) throws -> String {
        let title = try MaterialTitle.made(from: text)
        guard let free = try context.materials.firstFree(title, in: id) else {
            throw LMSError.titleTaken(title, in: course)
        }
        return free
    }
}

extension Context {
    /// - Throws: `LMSError` `conflict` where another material of the course has a title that looks like this one.
    func requireFree(_ title: String, in course: Course, besides other: MaterialID? = nil) throws {
        guard let id = course.id, let holder = try materials.holder(of: title, in: id, besides: other) else {
            return
        }
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
    /// - Parameter count: How many materials the course has.
    static func courseFull(_ code: CourseCode, _ count: Int) -> LMSError {
        LMSError(
            .conflict,
            "the course '\(code)' has \(count) materials and takes no more: at most \(Course.materialLimit)",
            hint: "Begin another course for the rest.")
    }

    static func titleTaken(_ title: String, in course: Course) -> LMSError {
        LMSError(
            .conflict, "the course '\(course.code)' has a material called \(quoted(title)) already",
            hint: "Choose another title.")
    }
}
