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
            id: id, username: account.username, role: account.role, details: account.details,
            isNameGiven: account.isNameGiven, hasPassword: account.password != nil, createdAt: try row["created_at"],
            disabledAt: try row["disabled_at"], formerUsernames: former,
            signIns: try SessionRows(connection: connection).all(of: id, at: now),
            teaches: try courses(taughtBy: id), memberships: try memberships(of: id),
            log: try acts(of: id, Set([account.username.folded] + former.map(\.username.folded)), at: now))
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

    /// What the person did, and what others did to the person: of these, other people's names are left out.
    ///
    /// - Parameter names: The person's, folded.
    private func acts(of id: UserID, _ names: Set<String>, at now: Instant) throws -> [OperatorLogEntry] {
        let earliest = try AuditRows(connection: connection).earliest(at: now)
        let rows =
            try connection.rows(
                """
                SELECT at, actor_id, actor, via, action, course, subject FROM audit
                WHERE at >= \(earliest) AND (actor_id = \(id) OR action IN (\(list: AuditAction.namingPeople))) ORDER BY id DESC
                """)
            + connection.rows(
                """
                SELECT at, actor_id, actor, via, action, NULL AS course, subject FROM account_audit
                WHERE at >= \(earliest) AND (actor_id = \(id) OR action IN (\(list: AccountAction.namingPeople))) ORDER BY id DESC
                """)
        let entries: [OperatorLogEntry] = try rows.compactMap { row in
            let actor: UserID? = try row["actor_id"]
            var subject: String? = try row["subject"]
            if actor != id {
                let found = SubjectNames.found(names, in: subject ?? "")
                if found.isEmpty { return nil }
                subject = found.joined(separator: ", ")
            }
            return OperatorLogEntry(
                at: try row["at"], actor: try row["actor"], via: try row["via"], action: try row["action"],
                course: try row["course"], subject: subject)
        }
        return entries.enumerated().sorted { ($1.element.at, $0.offset) < ($0.element.at, $1.offset) }.map(\.element)
    }

    // MARK: - What goes with the account

    func codesOfCourses(ownedBy id: UserID) throws -> [CourseCode] {
        try connection.rows("SELECT code FROM course WHERE teacher_id = \(id) ORDER BY id").map { try $0["code"] }
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

    /// Takes a person's usernames out of both logs: of acts of the person, and of those that others did to the person. The titles of
    /// courses and materials are texts of these; the labels of tokens are the person's own.
    func eraseFromLogs(_ account: UserRows.Account) throws {
        let (id, deleted) = (account.id, SubjectNames.deleted)
        try connection.execute("UPDATE audit SET actor = \(deleted) WHERE actor_id = \(id)")
        try connection.execute("UPDATE account_audit SET actor = \(deleted) WHERE actor_id = \(id)")
        let labels = [AccountAction.createToken, .revokeToken]
        try connection.execute(
            "UPDATE account_audit SET subject = \(deleted) WHERE actor_id = \(id) AND action IN (\(list: labels))")
        try eraseSubjects(Set([account.username.folded]), until: nil)
        // Who has a former name today has it since it was free again.
        for former in try formerUsernames(of: id) {
            try eraseSubjects([former.username.folded], until: former.givenUpAt)
        }
    }

    /// - Parameters:
    ///   - names: Folded.
    ///   - last: The latest instant of an entry that means this person; none where all do.
    private func eraseSubjects(_ names: Set<String>, until last: Instant?) throws {
        let filter: SQL = last.map { "AND at <= \($0)" } ?? ""
        try forEachErased(
            "SELECT id, subject FROM audit WHERE action IN (\(list: AuditAction.namingPeople)) \(filter)", names
        ) { id, subject in
            try connection.execute("UPDATE audit SET subject = \(subject) WHERE id = \(id)")
        }
        try forEachErased(
            "SELECT id, subject FROM account_audit WHERE action IN (\(list: AccountAction.namingPeople)) \(filter)", names
        ) { id, subject in
            try connection.execute("UPDATE account_audit SET subject = \(subject) WHERE id = \(id)")
        }
    }

    private func forEachErased(
        _ rows: SQL, _ names: Set<String>, _ update: (AuditID, String) throws -> Void
    ) throws {
        var changed: [(AuditID, String)] = []
        try connection.forEach(rows) { row in
            let subject: String? = try row["subject"]
            if let rest = SubjectNames.erasing(names, from: subject ?? "") { changed.append((try row["id"], rest)) }
            return true
        }
        for (id, subject) in changed { try update(id, subject) }
    }
}
