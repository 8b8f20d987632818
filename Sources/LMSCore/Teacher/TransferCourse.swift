internal import LMSText

/// Gives a course to one of its teachers; who owned it stays as one of them.
package struct TransferCourse: Mutation {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var course: CourseReference
    /// The next owner.
    package var username: Username

    package init(course: CourseReference, to username: Username) {
        self.course = course
        self.username = username
    }

    package func perform(in context: Context) throws -> Written<Course> {
        let current = try context.courses.find(course)
        try Policy.requireMayGovern(current, context.principal, .write)
        let taker = try context.teacher(named: username)
        if taker.id == current.teacherID { return context.written(current, .unchanged) }
        guard try context.teachers.addedAt(taker.id, in: current.id) != nil else {
            throw LMSError(
                .conflict, "'\(taker.username)' is no teacher of the course '\(current.code)'",
                hint: "Add the teacher first, with: lms teacher add \(current.code) \(taker.username)")
        }
        try context.courses.transfer(current.id, to: taker.id)
        guard try context.teachers.insert(current.teacherID, in: current.id, at: context.now),
            let course = try context.courses.find(current.id)
        else { throw LMSError.noCourse(self.course) }
        try context.audit(.transferCourse, course, subject: taker.username.rawValue)
        return context.written(course, .updated)
    }
}

extension Context {
    /// - Throws: `LMSError` `notFound` where the name is nobody's, `invalid` where it is a student's.
    fileprivate func teacher(named username: Username) throws -> UserRows.Account {
        guard let account = try users.find(username) else {
            throw LMSError(
                .notFound, "there is no user \(quoted(username.rawValue))",
                hint: "See who teaches the course with: lms teacher list COURSE")
        }
        try CourseRules.requireMayOwn(account.username.rawValue, account.role)
        return account
    }
}
