internal import LMSDatabase
internal import LMSText

/// What the tables hold of one person, and what takes it away with the account. They are few rows of many tables, found without an
/// index where the logs name people: acts that are rare.
struct PersonalRows {
    let connection: any Connection

    func data(of id: UserID, at now: Instant) throws -> PersonalData {
        guard let account = try UserRows(connection: connection).find(id),
            let row = try connection.row("SELECT created_at, disabled_at FROM users WHERE id = \(id)")
        else { throw LMSError(.notFound, "there is no such user any more") }
        let former = try formerUsernames(of: id)
        return PersonalData(
            id: id, username: account.username, role: Told(account.role), details: account.details,
            isNameGiven: account.isNameGiven, hasPassword: account.password != nil, createdAt: try row["created_at"],
            disabledAt: try row["disabled_at"], formerUsernames: former,
            signIns: try SessionRows(connection: connection).all(of: id, at: now),
            teaches: try courses(taughtBy: id), memberships: try memberships(of: id),
            trash: try TrashRows(connection: connection).places(of: id, at: now),
            log: try acts(of: id, try uses(of: account, former), at: now))
    }

    private func formerUsernames(of id: UserID) throws -> [FormerUsername] {
        try connection.rows(
            "SELECT username, given_up_at FROM former_username WHERE user_id = \(id) ORDER BY given_up_at, username"
        ).map { FormerUsername(username: try $0["username"], givenUpAt: try $0["given_up_at"]) }
    }

    private func courses(taughtBy id: UserID) throws -> [TaughtCourse] {
        try connection.rows(
            """
            SELECT id, code, title FROM course
            WHERE teacher_id = \(id) OR id IN (SELECT course_id FROM co_teacher WHERE user_id = \(id)) ORDER BY id
            """
        ).map { TaughtCourse(course: try $0["id"], code: try $0["code"], title: try $0["title"]) }
    }

    private func memberships(of id: UserID) throws -> [Membership] {
        try connection.rows(
            """
            SELECT course.id, course.code, course.title, enrollment.status, enrollment.date_entry
            FROM enrollment JOIN course ON course.id = enrollment.course_id
            WHERE enrollment.student_id = \(id) ORDER BY enrollment.id
            """
        ).map {
            Membership(
                course: try $0["id"], code: try $0["code"], title: try $0["title"], status: try $0["status"],
                dateEntry: try $0["date_entry"])
        }
    }

    /// For how long a username means a person: a year after somebody gave it up it may be another's.
    private struct NameUse {
        /// Folded.
        let name: String
        /// `nil` where nobody had it before.
        let since: Instant?
        /// `nil` where the person has it still.
        let until: Instant?

        func covers(_ instant: Instant) -> Bool {
            since.map { instant >= $0 } != false && until.map { instant <= $0 } != false
        }

        /// The entries of a log that may name the person so, as `SubjectNames` finds names: the database looks through a long log many
        /// times faster.
        var condition: SQL {
            let pattern = name.replacing("_", with: "\\_")
            let places: SQL = ["\(pattern) %", "\(pattern):%", "% to \(pattern)", "%'\(pattern)'%"]
                .reduce("lower(subject) = \(name)") { #"\#($0) OR lower(subject) LIKE \#($1) ESCAPE '\'"# }
            let since: SQL = since.map { " AND at >= \($0)" } ?? ""
            let until: SQL = until.map { " AND at <= \($0)" } ?? ""
            return "(\(places))\(since)\(until)"
        }
    }

    /// For so long after it was given up a name is nobody else's by any clock.
    private static let clockTolerance = Lifetime.days(1)

    private func uses(of account: UserRows.Account, _ former: [FormerUsername]) throws -> [NameUse] {
        let name = account.username.folded
        let givenUpByOther: Instant? = try connection.value(
            "SELECT given_up_at FROM former_username WHERE username = \(name) AND user_id <> \(account.id)")
        let current = NameUse(name: name, since: givenUpByOther.map { $0 + Self.clockTolerance }, until: nil)
        return [current]
            + former.map { NameUse(name: $0.username.folded, since: nil, until: $0.givenUpAt + Self.clockTolerance) }
    }

    /// - Parameter actions: Those that name people.
    private static func naming(_ uses: [NameUse], _ actions: [some ValueConvertible]) -> SQL {
        let conditions: SQL = uses.reduce("FALSE") { "\($0) OR \($1.condition)" }
        return "action IN (\(list: actions)) AND (\(conditions))"
    }

    /// What the person did, and what others did to the person: of these, other people's names are left out.
    private func acts(of id: UserID, _ uses: [NameUse], at now: Instant) throws -> [OperatorLogEntry] {
        let earliest = try AuditRows(connection: connection).earliest(at: now)
        var entries: [OperatorLogEntry] = []
        func collect(_ rows: SQL) throws {
            try connection.forEach(rows) { row in
                let (at, actor): (Instant, UserID?) = (try row["at"], try row["actor_id"])
                var subject: String? = try row["subject"]
                if actor != id {
                    let found = SubjectNames.found(Set(uses.filter { $0.covers(at) }.map(\.name)), in: subject ?? "")
                    if found.isEmpty { return true }
                    subject = found.joined(separator: ", ")
                }
                entries.append(
                    OperatorLogEntry(
                        at: at, actor: try row["actor"], via: try row["via"], action: try row["action"],
                        course: try row["course"], subject: subject))
                return true
            }
        }
        try collect(
            """
            SELECT at, actor_id, actor, via, action, course, subject FROM audit
            WHERE at >= \(earliest) AND (actor_id = \(id) OR \(Self.naming(uses, AuditAction.namingPeople))) ORDER BY id DESC
            """)
        try collect(
            """
            SELECT at, actor_id, actor, via, action, NULL AS course, subject FROM account_audit
            WHERE at >= \(earliest) AND (actor_id = \(id) OR \(Self.naming(uses, AccountAction.namingPeople))) ORDER BY id DESC
            """)
        return entries.enumerated().sorted { ($1.element.at, $0.offset) < ($0.element.at, $1.offset) }.map(\.element)
    }

    // MARK: - What goes with the account

    func codesOfCourses(ownedBy id: UserID) throws -> [CourseCode] {
        try connection.rows("SELECT code FROM course WHERE teacher_id = \(id) ORDER BY id").map { try $0["code"] }
    }

    /// Of the courses beside whose owners somebody teaches.
    func codesOfCourses(taughtBy id: UserID) throws -> [CourseCode] {
        try connection.rows(
            """
            SELECT course.code FROM co_teacher JOIN course ON course.id = co_teacher.course_id
            WHERE co_teacher.user_id = \(id) ORDER BY co_teacher.course_id
            """
        ).map { try $0["code"] }
    }

    /// Of the courses that somebody is in, or asked to join.
    func codesOfCourses(followedBy id: UserID) throws -> [CourseCode] {
        try connection.rows(
            """
            SELECT course.code FROM enrollment JOIN course ON course.id = enrollment.course_id
            WHERE enrollment.student_id = \(id) ORDER BY enrollment.course_id
            """
        ).map { try $0["code"] }
    }

    /// Takes a person out of all courses but the own ones, and notes it in the log of each.
    ///
    /// - Returns: From how many.
    func takeOut(_ id: UserID, via: Surface, at now: Instant) throws -> Int {
        let count = try connection.execute(
            """
            INSERT INTO audit (at, actor_id, actor, via, action, course_id, course, owner_id, subject)
            SELECT \(now), NULL, \(AuditRows.operatorName), \(via), \(AuditAction.deleteUser), id, code, teacher_id,
                \(SubjectNames.deleted)
            FROM course WHERE id IN (SELECT course_id FROM enrollment WHERE student_id = \(id))
                OR id IN (SELECT course_id FROM co_teacher WHERE user_id = \(id))
            ORDER BY id
            """)
        try connection.execute("DELETE FROM enrollment WHERE student_id = \(id)")
        try connection.execute("DELETE FROM co_teacher WHERE user_id = \(id)")
        return count
    }

    /// Takes a person's usernames out of both logs: of acts of the person, and of those that others did to the person. The
    /// titles of courses and materials are texts of these; the labels of tokens are the person's own.
    func eraseFromLogs(_ account: UserRows.Account) throws {
        let (id, deleted) = (account.id, SubjectNames.deleted)
        try connection.execute("UPDATE audit SET actor = \(deleted) WHERE actor_id = \(id)")
        try connection.execute("UPDATE account_audit SET actor = \(deleted) WHERE actor_id = \(id)")
        let labels = [AccountAction.createToken, .revokeToken]
        try connection.execute(
            "UPDATE account_audit SET subject = \(deleted) WHERE actor_id = \(id) AND action IN (\(list: labels))")
        let uses = try uses(of: account, try formerUsernames(of: id))
        try forEachErased(
            "SELECT id, at, subject FROM audit WHERE \(Self.naming(uses, AuditAction.namingPeople))", uses
        ) { id, subject in
            try connection.execute("UPDATE audit SET subject = \(subject) WHERE id = \(id)")
        }
        try forEachErased(
            "SELECT id, at, subject FROM account_audit WHERE \(Self.naming(uses, AccountAction.namingPeople))", uses
        ) { id, subject in
            try connection.execute("UPDATE account_audit SET subject = \(subject) WHERE id = \(id)")
        }
    }

    private func forEachErased(_ rows: SQL, _ uses: [NameUse], _ update: (AuditID, String) throws -> Void) throws {
        var changed: [(AuditID, String)] = []
        try connection.forEach(rows) { row in
            let (at, subject): (Instant, String?) = (try row["at"], try row["subject"])
            let names = Set(uses.filter { $0.covers(at) }.map(\.name))
            if let rest = SubjectNames.erasing(names, from: subject ?? "") { changed.append((try row["id"], rest)) }
            return true
        }
        for (id, subject) in changed { try update(id, subject) }
    }
}
