internal import LMSDatabase
internal import LMSText

/// Looks for values that lms never writes, which another program or a hand planted. None of them stops lms: it takes them
/// for the nearest that they could be. What SQLite itself checks is not asked again.
package struct CheckRows: OperatorUseCase {
    package init() {}

    /// - Returns: What is out of range, in a user's words; empty where nothing is.
    package func perform(on service: LocalService) async throws -> [String] {
        try await service.readUnsigned { transaction in
            let connection = transaction.connection
            return try Self.settings(connection) + Self.zone(connection) + Self.instants(connection) + Self.lifetimes(connection)
                + Self.texts(connection) + Self.positions(connection) + Self.teachers(connection) + Self.keys(connection)
        }
    }

    private static func settings(_ connection: any Connection) throws -> [String] {
        let limits = LogRetention.limits
        let rows = try connection.rows(
            """
            SELECT value FROM setting
            WHERE name = 'log_retention' AND value NOT BETWEEN \(limits.lowerBound) AND \(limits.upperBound)
            """)
        return try rows.map { row in
            let seconds: Int64 = try row["value"]
            return "the setting log_retention is \(seconds) seconds, which is out of range: "
                + "\(LogRetention.standard) counts; set it with: lms db retention \(LogRetention.standard)"
        }
    }

    private static func zone(_ connection: any Connection) throws -> [String] {
        guard let stored = try SchoolZoneRows(connection: connection).stored(), stored.zone == nil else { return [] }
        return [
            "school_zone holds no time zone that can be read: dates begin in UTC; set it with: lms db timezone ZONE"
        ]
    }

    private static func instants(_ connection: any Connection) throws -> [String] {
        let limits = Instant.limits
        let columns: [(name: String, table: SQL, column: SQL)] = [
            ("users.created_at", "users", "created_at"), ("users.disabled_at", "users", "disabled_at"),
            ("enrollment.date_entry", "enrollment", "date_entry"),
            ("course.archived_at", "course", "archived_at"), ("login_session.created_at", "login_session", "created_at"),
            ("login_session.expires_at", "login_session", "expires_at"),
            ("login_session.last_used_at", "login_session", "last_used_at"), ("audit.at", "audit", "at"),
            ("account_audit.at", "account_audit", "at"), ("course_key.expires_at", "course_key", "expires_at"),
            ("co_teacher.added_at", "co_teacher", "added_at"),
            ("former_username.given_up_at", "former_username", "given_up_at"),
        ]
        return try columns.compactMap { name, table, column in
            try told(
                connection, "\(name) is no time between the years 1 and 9999",
                "SELECT count(*) FROM \(table) WHERE \(column) NOT BETWEEN \(limits.lowerBound) AND \(limits.upperBound)"
            )
        }
    }

    private static func lifetimes(_ connection: any Connection) throws -> [String] {
        [
            try told(
                connection, "login_session.idle_limit is out of range",
                "SELECT count(*) FROM login_session WHERE idle_limit NOT BETWEEN 0 AND \(SessionRules.longestIdleLimit)"
            )
        ].compactMap { $0 }
    }

    /// Names, numbers, codes, dates and passwords, whose rules no database knows.
    private static func texts(_ connection: any Connection) throws -> [String] {
        var (names, formerNames, passwords, details, codes, dates, titles) = (0, 0, 0, 0, 0, 0, 0)
        try connection.forEach("SELECT username, password, name, number FROM users") { row in
            let (username, password): (Username, String?) = (try row["username"], try row["password"])
            if !username.isValid { names += 1 }
            if let password, PasswordHash(phc: password) == nil { passwords += 1 }
            if try !PersonDetails(row).isValid { details += 1 }
            return true
        }
        try connection.forEach("SELECT username FROM former_username") { row in
            let username: Username = try row["username"]
            if !username.isValid || username.folded != username.rawValue { formerNames += 1 }
            return true
        }
        try connection.forEach("SELECT code, release_date, title FROM course") { row in
            let (code, date, title): (CourseCode, String, String) =
                (try row["code"], try row["release_date"], try row["title"])
            if !code.isValid { codes += 1 }
            if CalendarDate(date) == nil { dates += 1 }
            if !title.isReadable { titles += 1 }
            return true
        }
        try connection.forEach("SELECT title FROM material") { row in
            if try !(row["title"] as String).isReadable { titles += 1 }
            return true
        }
        return [
            told(names, "users.username breaks the rule for names"),
            told(formerNames, "former_username.username is no name that anybody had"),
            told(passwords, "users.password is no hash of lms, and lets nobody in"),
            told(details, "users.name or users.number breaks the rule for it"),
            told(codes, "course.code breaks the rule for codes"),
            told(dates, "course.release_date is no day: the course counts as not released"),
            told(titles, "a title has nothing that can be seen"),
        ].compactMap { $0 }
    }

    private static func positions(_ connection: any Connection) throws -> [String] {
        [
            try told(
                connection, "the positions of a course's materials are not 1, 2, 3 and so on",
                """
                SELECT count(*) FROM (
                    SELECT course_id FROM material GROUP BY course_id
                    HAVING min(position) <> 1 OR max(position) <> count(*)
                        OR count(DISTINCT position) <> count(*)
                ) AS course
                """)
        ].compactMap { $0 }
    }

    private static func teachers(_ connection: any Connection) throws -> [String] {
        [
            try told(
                connection, "co_teacher has a course's owner, or a student",
                """
                SELECT count(*) FROM co_teacher JOIN course ON course.id = co_teacher.course_id
                JOIN users ON users.id = co_teacher.user_id
                WHERE course.teacher_id = co_teacher.user_id OR users.role <> 'teacher'
                """),
            try told(
                connection, "token_course has courses of a token that is for all of them",
                """
                SELECT count(*) FROM (
                    SELECT login_session.id FROM login_session JOIN token_course ON token_course.session_id = login_session.id
                    WHERE login_session.is_cut = 0 GROUP BY login_session.id
                ) AS token
                """),
        ].compactMap { $0 }
    }

    private static func keys(_ connection: any Connection) throws -> [String] {
        var keys = 0
        try connection.forEach("SELECT key FROM course_key") { row in
            let key: String = try row["key"]
            if EnrollmentKey(key).folded != key { keys += 1 }
            return true
        }
        return [
            told(keys, "course_key.key is no key, and opens nothing"),
            try told(
                connection, "course_key.uses or course_key.use_limit is out of range",
                """
                SELECT count(*) FROM course_key
                WHERE uses < 0 OR use_limit NOT BETWEEN 1 AND \(ChangeKey.longestUseLimit)
                """),
            try told(
                connection, "course_key is awake in a course that has another way in",
                """
                SELECT count(*) FROM course_key JOIN course ON course.id = course_key.course_id
                WHERE course_key.is_awake = 1 AND course.enrollment <> 'closed'
                """),
        ].compactMap { $0 }
    }

    private static func told(_ connection: any Connection, _ problem: String, _ count: SQL) throws -> String? {
        told(try connection.value(count) ?? 0, problem)
    }

    private static func told(_ count: Int, _ problem: String) -> String? {
        switch count {
        case 0: nil
        case 1: problem
        default: "\(problem) (\(count) times)"
        }
    }
}
