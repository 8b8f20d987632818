internal import LMSDatabase

/// Takes somebody out of courses, all of them or none: off a roster, or off the teachers beside an owner.
package struct WithdrawUser: OperatorUseCase {
    package var username: Username
    package var courses: [CourseReference]

    package init(username: Username, courses: [CourseReference]) {
        self.username = username
        self.courses = courses
    }

    /// - Returns: The courses, as they are for the person then: `unchanged` where the person was in none of them.
    package func perform(on service: LocalService) async throws -> [Written<Course>] {
        try CourseRules.requireNameCount(courses.count)
        return try await service.writeUnsigned { transaction in
            let account = try transaction.account(username)
            let rows = CourseRows(connection: transaction.connection, viewer: account.id, viewerRole: account.role)
            let left = try courses.map { try take(account, off: rows.find($0), rows, in: transaction) }
            if left.contains(where: { $0.outcome != .unchanged }) {
                let codes = left.filter { $0.outcome != .unchanged }.map(\.record.code)
                try transaction.auditOperator(.withdraw, subject: "\(account.username): \(named(codes))")
            }
            return left
        }
    }

    private func take(
        _ account: UserRows.Account, off course: Course, _ rows: CourseRows, in transaction: Transaction
    ) throws -> Written<Course> {
        guard course.teacherID != account.id else {
            throw LMSError(
                .conflict, "'\(account.username)' owns the course '\(course.code)': nothing was changed",
                hint: "Hand the courses over first, with: lms user transfer \(account.username) TO")
        }
        guard course.role != nil || course.status != nil else { return transaction.written(course, .unchanged) }
        let isTeacher = course.role == .teacher
        if isTeacher {
            try TeacherRows(connection: transaction.connection).delete(account.id, in: course.id)
        } else {
            try EnrollmentRows(connection: transaction.connection).delete(of: account.id, in: course.id)
        }
        try transaction.auditOperator(isTeacher ? .removeTeachers : .removeStudents, course, subject: "'\(account.username)'")
        guard let after = try rows.find(course.id) else { throw LMSError.noCourse(CourseReference(course.code.rawValue)) }
        return transaction.written(after, .updated)
    }
}
