internal import LMSText

/// Makes a new course of one that one teaches, as for the next year: its texts, sections, order and drafts, with all dates moved.
/// Nobody is in it, nor beside the caller, who owns it.
package struct CopyCourse: UseCase {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var course: CourseReference
    /// Of the new course.
    package var code: CourseCode
    /// Of the new course; the same where nothing is said.
    package var title: String?
    /// The release date of the new course: all other dates move by as many days as that one.
    package var releaseDate: String?
    /// By how many days all dates move, the release date too. They stay where neither is said.
    package var shiftDays: Int?

    package init(
        course: CourseReference, code: CourseCode, title: String? = nil, releaseDate: String? = nil, shiftDays: Int? = nil
    ) {
        self.course = course
        self.code = code
        self.title = title
        self.releaseDate = releaseDate
        self.shiftDays = shiftDays
    }

    enum CodingKeys: String, CodingKey {
        case course, code, title
        case releaseDate = "release_date"
        case shiftDays = "shift_days"
    }

    package func perform(on service: LocalService) async throws -> Written<CopiedCourse> {
        let (answer, search) = try await service.write { try perform(in: $0) }
        if search == .later, !service.isDryRun { await service.workOffSearchBacklog() }
        return answer
    }

    private func perform(in context: Context) throws -> (Written<CopiedCourse>, SearchWriting) {
        let source = try context.courses.find(course)
        try Policy.requireMayManage(source, context.principal, .copy)
        let (values, days) = try values(of: source, for: context.principal)
        // What is wrong with a date is told before the code is taken.
        _ = try context.materials.movedDates(in: source.id, by: days)
        let search: SearchWriting = try context.materials.hasMuchText(in: source.id) ? .later : .atOnce
        var (courses, materials) = (context.courses, context.materials)
        (courses.search, materials.search) = (search, search)
        guard let id = try courses.insert(values) else { throw LMSError.codeTaken(values.code) }
        let count = try materials.copyAll(of: source.id, to: id, at: context.now)
        for dates in try materials.movedDates(in: id, by: days) { try materials.set(dates) }
        try materials.indexAgain(of: id)
        let name = try context.users.name(of: context.principal.id)
        try context.audit(
            .copyCourse, Course(id, values, of: context.principal, named: name), subject: source.code.rawValue)
        let copy = NewCourse(context.created(id), values, of: context.principal, named: name)
        return (context.written(CopiedCourse(course: copy, materials: count, shiftDays: Int(days)), .created), search)
    }

    private func values(of source: Course, for principal: Principal) throws -> (CourseValues, days: Int64) {
        let title = try title.map { try Title.checked($0) } ?? source.title
        let code = try code.checked()
        let days = try days(from: source.releaseDate)
        let values = CourseValues(
            title: title, code: code, teacherID: principal.id, description: source.description,
            releaseDate: try source.releaseDate.moved(by: days, of: "release_date"), enrollment: source.enrollment)
        return (values, days)
    }

    private func days(from date: CalendarDate) throws -> Int64 {
        switch (releaseDate, shiftDays) {
        case (nil, nil): return 0
        case (let text?, nil): return try CalendarDate.checked(text).daysSince1970 - date.daysSince1970
        case (nil, let days?): return Int64(days)
        case (_?, _?):
            throw LMSError(
                .usage, "by how much are the dates to move?", hint: "Give a release date, or a number of days, and not both.")
        }
    }
}

/// A course that was made of another one. Encoded as the course's keys, `materials` and `shift_days`.
package struct CopiedCourse: Codable, Sendable {
    package let course: NewCourse
    /// How many materials it has.
    package let materials: Int
    /// By how many days its dates are others.
    package let shiftDays: Int

    init(course: NewCourse, materials: Int, shiftDays: Int) {
        self.course = course
        self.materials = materials
        self.shiftDays = shiftDays
    }

    private enum CodingKeys: String, CodingKey {
        case materials
        case shiftDays = "shift_days"
    }

    package init(from decoder: any Decoder) throws {
        course = try NewCourse(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        materials = try container.decode(Int.self, forKey: .materials)
        shiftDays = try container.decode(Int.self, forKey: .shiftDays)
    }

    package func encode(to encoder: any Encoder) throws {
        try course.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(materials, forKey: .materials)
        try container.encode(shiftDays, forKey: .shiftDays)
    }
}
