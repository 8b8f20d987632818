internal import LMSDatabase
internal import LMSText

/// Enrolls the caller in an open course, or in one of which the caller has the key, or asks the teacher where that is the
/// course's way.
package struct JoinCourse: UseCase {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    /// With a key, the one that it must be of; a key alone tells which is meant.
    package var course: CourseReference?
    package var key: EnrollmentKey?

    package init(course: CourseReference? = nil, key: EnrollmentKey? = nil) {
        self.course = course
        self.key = key
    }

    package func perform(on service: LocalService) async throws -> Written<Membership> {
        if let key { return try await join(with: key, on: service) }
        guard let course else {
            return try await service.read { context in
                try Policy.requireMayEnroll(context.principal)
                throw LMSError(.usage, "which course is meant?", hint: "Name it, or give its key.")
            }
        }
        return try await service.write { try join(course, in: $0) }
    }

    private func join(_ reference: CourseReference, in context: Context) throws -> Written<Membership> {
        let course = try find(reference, in: context)
        try Policy.requireMayEnroll(context.principal, in: course)
        let enrollment = try context.enrollments.find(context.principal.id, in: course.id)
        if let enrollment, enrollment.status == .enrolled || course.enrollment != .open {
            return context.unchanged(enrollment, in: course)
        }
        switch course.enrollment.known {
        case .open: return try context.enroll(in: course, .enrolled, over: enrollment)
        case .approval: return try context.enroll(in: course, .pending, over: nil)
        case .closed, nil:
            throw LMSError(
                .denied, "the course '\(course.code)' is closed: only its teacher can add you",
                hint: "Ask \(course.teacher).")
        case .key:
            throw LMSError(
                .denied, "the course '\(course.code)' needs a key",
                hint: "Ask your teacher for the key, then: lms course join --key KEY")
        }
    }

    /// - Throws: `LMSError` `notFound`, which asks whether a key was meant where it looks like one.
    private func find(_ reference: CourseReference, in context: Context) throws -> Course {
        do {
            return try context.courses.find(reference)
        } catch let error as LMSError where error.code == .notFound {
            guard EnrollmentKey(reference.text).couldBeMade else { throw error }
            let question = "Is it a key? Then: lms course join --key \(quoted(reference.text))"
            throw error.reworded(hint: [error.hint, question].compactMap(\.self).joined(separator: "\n"))
        }
    }

    // MARK: - With a key

    /// Wrong keys are counted outside the transaction of the act, which is taken back.
    private func join(with key: EnrollmentKey, on service: LocalService) async throws -> Written<Membership> {
        let student = try await service.read { try applicant(with: key, in: $0) }
        let throttle = LoginThrottle(database: service.database, clock: service.clock, guessed: .key)
        let attempt = try await throttle.begin(
            LoginThrottle.Key("enrollment key", student.description),
            AddressWindow(key: LoginThrottle.Key("enrollment key at", service.caller.address), limit: 300))
        do {
            let membership = try await service.write { context -> Written<Membership> in
                let membership = try admit(key, in: context)
                try throttle.giveBack(attempt, on: context.connection)
                return membership
            }
            // A dry run takes that back, but not the attempt, which was noted outside it.
            if service.isDryRun { try await throttle.giveBack(attempt) }
            return membership
        } catch WrongKey.wrongKey {
            try await service.settled { try await throttle.fail(attempt) }
            throw LMSError(.denied, "this key opens no course", hint: "Ask your teacher for the course's key.")
        } catch {
            // What went wrong first is what there is to say.
            try? await service.settled { try await throttle.giveBack(attempt) }
            throw error
        }
    }

    /// Who gives the key, once it is clear that the course is there, and that students join.
    private func applicant(with key: EnrollmentKey, in context: Context) throws -> UserID {
        if let course { _ = try context.courses.find(course) }
        try Policy.requireMayEnroll(context.principal)
        guard !key.isEmpty else { throw LMSError(.usage, "the key is empty", hint: "It has eight signs, as in K7QX-93MF.") }
        return context.principal.id
    }

    private enum WrongKey: Error {
        case wrongKey
    }

    /// - Throws: `WrongKey`, whatever is wrong with the key: nobody learns whether it ever was one.
    private func admit(_ key: EnrollmentKey, in context: Context) throws -> Written<Membership> {
        let named = try course.map { try context.courses.find($0).id }
        try Policy.requireMayEnroll(context.principal)
        guard let match = try context.enrollmentKeys.match(key, for: context.principal.id), named ?? match.course == match.course
        else { throw WrongKey.wrongKey }
        let isIn = match.enrollment?.status == .enrolled
        guard isIn || match.row.state(at: context.now) == .active, let course = try context.courses.find(match.course),
            Policy.mayJoin(course)
        else { throw WrongKey.wrongKey }
        if let enrollment = match.enrollment, isIn { return context.unchanged(enrollment, in: course) }
        try context.enrollmentKeys.countUse(of: course.id)
        return try context.enroll(in: course, .enrolled, over: match.enrollment)
    }
}

extension Context {
    fileprivate func unchanged(_ enrollment: EnrollmentRow, in course: Course) -> Written<Membership> {
        written(Membership(course, enrollment.status, dateEntry: enrollment.dateEntry), .unchanged)
    }

    /// Puts the principal on the roster, where a request may stand that is granted with that.
    fileprivate func enroll(
        in course: Course, _ status: EnrollmentStatus, over request: EnrollmentRow?
    ) throws -> Written<Membership> {
        if let request {
            try enrollments.enroll(request.id, at: now)
        } else if try !enrollments.insert(principal.id, in: course.id, status, at: now) {
            throw LMSError.rosterChanged
        }
        try audit(.join, course, subject: principal.username.rawValue, isRequest: status == .pending)
        return written(Membership(course, status, dateEntry: now), request == nil ? .created : .updated)
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
            course: course.id, code: course.code, title: course.title, status: Told(status),
            dateEntry: dateEntry)
    }
}
