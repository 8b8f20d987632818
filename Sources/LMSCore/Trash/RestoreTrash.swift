internal import LMSDatabase
internal import LMSText

/// Brings back what was taken away, as it was: ids, code, order, texts, dates.
package struct RestoreTrash: UseCase {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    package var entry: TrashReference
    /// Of a course: another code.
    package var code: CourseCode?
    /// Of a material: another title.
    package var title: String?

    package init(entry: TrashReference, code: CourseCode? = nil, title: String? = nil) {
        self.entry = entry
        self.code = code
        self.title = title
    }

    package func perform(on service: LocalService) async throws -> Written<RestoredEntry> {
        let (answer, search) = try await service.write { try perform(in: $0) }
        if search == .later, !service.isDryRun { await service.workOffSearchBacklog() }
        return answer
    }

    private func perform(in context: Context) throws -> (Written<RestoredEntry>, SearchWriting) {
        let found = try context.trashEntry(entry)
        var (passedOver, search) = (0, SearchWriting.atOnce)
        switch found.kind {
        case .course: (passedOver, search) = try restoreCourse(found, context)
        case .material: try restoreMaterial(found, in: try context.course(of: found), context)
        case .student: try restoreStudent(found, in: try context.course(of: found), context)
        case .teacher: try restoreTeacher(found, in: try context.course(of: found), context)
        }
        try context.trash.forget(found.entry.id)
        let restored = RestoredEntry(entry: found.entry, passedOver: passedOver)
        return (context.written(restored, .created), search)
    }

    // MARK: - A course

    private func restoreCourse(_ found: TrashRows.Found, _ context: Context) throws -> (Int, SearchWriting) {
        try Policy.requireWhole(context.principal)
        try Policy.requireMayOwnCourses(context.principal)
        let code = try code?.checked() ?? found.entry.course
        guard try context.courses.find(code) == nil else {
            throw LMSError(
                .conflict, "there is another course '\(code)' by now",
                hint: "Give this one another code: lms trash restore \(found.entry.id) --code CODE")
        }
        let passedOver = try context.trash.restoreCourse(found.entry.id, id: found.course, code: code)
        var (courses, materials) = (context.courses, context.materials)
        let search: SearchWriting = try materials.hasMuchText(in: found.course) ? .later : .atOnce
        (courses.search, materials.search) = (search, search)
        try courses.indexAgain(found.course)
        try materials.indexAgain(of: found.course)
        guard let course = try context.courses.find(found.course) else { throw LMSError.noCourse(CourseReference(code.rawValue)) }
        try context.audit(.restoreCourse, course, subject: course.title)
        return (passedOver, search)
    }

    // MARK: - What is of a course

    private func restoreMaterial(_ found: TrashRows.Found, in course: Course, _ context: Context) throws {
        try Policy.requireMayManage(course, context.principal, .write)
        let title = try title.map { try Title.checked($0) } ?? found.entry.subject
        do {
            try context.requireFree(title, in: course)
        } catch let error as LMSError where error.code == .conflict {
            throw LMSError(
                .conflict, error.message, hint: "Give this one another title: lms trash restore \(found.entry.id) --title TITLE")
        }
        let last = try context.materials.nextPosition(in: course.id)
        try context.requireRoom(forMaterials: last, in: course)
        let id = try context.trash.restoreMaterial(found.entry.id, in: course.id, title: title, last: last)
        _ = try SearchIndex.materials.renew(id.rawValue, on: context.transaction.connection)
        try context.audit(.restoreMaterial, course, subject: title)
    }

    private func restoreStudent(_ found: TrashRows.Found, in course: Course, _ context: Context) throws {
        try Policy.requireMayManage(course, context.principal, .write)
        let student = try person(of: found, .student, context)
        guard try context.enrollments.find(student.id, in: course.id) == nil else {
            throw LMSError(.conflict, "'\(student.username)' is on the roster of '\(course.code)' again: nothing is to be restored")
        }
        _ = try TrashRows.enrollments.restore(found.entry.id, on: context.transaction.connection)
        try context.audit(.restoreStudent, course, subject: student.username.rawValue)
    }

    private func restoreTeacher(_ found: TrashRows.Found, in course: Course, _ context: Context) throws {
        try Policy.requireMayGovern(course, context.principal, .write)
        try Policy.requireWhole(context.principal)
        let teacher = try person(of: found, .teacher, context)
        guard teacher.id != course.teacherID, try context.teachers.addedAt(teacher.id, in: course.id) == nil else {
            throw LMSError(.conflict, "'\(teacher.username)' teaches '\(course.code)' again: nothing is to be restored")
        }
        _ = try TrashRows.teachers.restore(found.entry.id, on: context.transaction.connection)
        try context.audit(.restoreTeacher, course, subject: teacher.username.rawValue)
    }

    private func person(of found: TrashRows.Found, _ role: Role, _ context: Context) throws -> UserRows.Account {
        guard let person = try found.person.flatMap({ try context.users.find($0) }), person.role == role else {
            throw LMSError(.conflict, "'\(found.entry.subject)' is no \(role.rawValue) any more: nothing can be restored")
        }
        return person
    }

    enum CodingKeys: String, CodingKey {
        case entry, code, title
    }
}

extension Context {
    /// An entry that the principal may know of.
    ///
    /// - Throws: `LMSError` `notFound`, also for what is somebody else's.
    func trashEntry(_ reference: TrashReference) throws -> TrashRows.Found {
        try Policy.requireMayOwnCourses(principal)
        guard let id = reference.id, let found = try trash.find(id, since: try earliestTrash()),
            Policy.maySee(found, teaches: try teaches(found.course), principal), try isWithin(found.course)
        else {
            throw LMSError(
                .notFound, "there is nothing \(quoted(reference.text)) in your trash",
                hint: "See what there is with: lms trash list")
        }
        return found
    }

    private func teaches(_ course: CourseID) throws -> Bool { try teachers.addedAt(principal.id, in: course) != nil }

    /// Whether a course is one of those that the token is for.
    private func isWithin(_ course: CourseID) throws -> Bool {
        guard let cut = principal.limits.cut else { return true }
        let found: Int? = try transaction.connection.value("SELECT 1 AS one WHERE TRUE\(Policy.within(cut, "\(course)"))")
        return found != nil
    }

    /// The course of an entry that is of one.
    fileprivate func course(of found: TrashRows.Found) throws -> Course {
        guard let course = try courses.find(found.course) else {
            throw LMSError.noCourse(CourseReference(found.entry.course.rawValue))
        }
        return course
    }
}
