internal import LMSText

/// Enrolls the caller in an open course, or asks the teacher where that is the course's way.
package struct JoinCourse: Mutation {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var course: CourseReference

    package init(course: CourseReference) {
        self.course = course
    }

    package func perform(in context: Context) throws -> Written<Membership> {
        let course = try context.courses.find(course)
        try Policy.requireMayEnroll(context.principal)
        if let enrollment = try context.enrollments.find(context.principal.id, in: course.id) {
            return try rejoin(course, enrollment, in: context)
        }
        let status: EnrollmentStatus
        switch course.enrollment {
        case .open: status = .enrolled
        case .approval: status = .pending
        case .closed:
            throw LMSError(
                .denied, "the course '\(course.code)' is closed: only its teacher can add you",
                hint: "Ask \(course.teacher).")
        }
        guard
            try context.enrollments.insert(context.principal.id, in: course.id, status, at: context.now)
        else { throw LMSError.rosterChanged }
        try context.audit(.join, course, subject: context.principal.username.rawValue)
        return context.written(
            Membership(course, status, dateEntry: context.now), .created)
    }

    /// A request that is pending is granted where the course is open by now.
    private func rejoin(
        _ course: Course, _ enrollment: EnrollmentRow, in context: Context
    ) throws -> Written<Membership> {
        guard enrollment.status == .pending, course.enrollment == .open else {
            return context.written(
                Membership(course, enrollment.status, dateEntry: enrollment.dateEntry), .unchanged)
        }
        try context.enrollments.enroll(enrollment.id, at: context.now)
        try context.audit(.join, course, subject: context.principal.username.rawValue)
        return context.written(
            Membership(course, .enrolled, dateEntry: context.now), .updated)
    }
}

extension LMSError {
    /// Somebody put the student on the roster between two statements of ours.
    static let rosterChanged = LMSError(
        .busy, "the course's roster has just changed", hint: "Try again.", retryAfter: 1)
}

extension Membership {
    init(_ course: Course, _ status: EnrollmentStatus, dateEntry: Instant) {
        self.init(
            course: course.id, code: course.code, title: course.title, status: status,
            dateEntry: dateEntry)
    }
}
