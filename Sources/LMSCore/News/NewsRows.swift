internal import LMSDatabase
internal import LMSText

/// What one reader finds new.
///
/// Of acts, requests and teachers the database hands over as many lines as a page has. When a material becomes visible is the
/// latest of two instants and of two dates of the school's zone, which the database cannot tell: it hands over what can be new, from
/// indexes alone, and of these the newest are kept. The texts are read for the lines of the page.
struct NewsRows {
    let connection: any Connection
    let reader: Principal
    /// What dates mean; read for students alone.
    let calendar: () throws -> SchoolCalendar
    /// Only this course.
    let course: CourseID?
    /// The moment before which nothing of the log is shown any more.
    let earliestAct: Instant

    func page(_ request: PageRequest, _ window: NewsWindow) throws -> Page<NewsLine> {
        var lines = NewestLines(window, limit: request.limit + 1)
        switch reader.role {
        case .student:
            try addMaterials(to: &lines, window)
            try addApprovals(to: &lines, window)
        case .teacher:
            try addActs(to: &lines, window, limit: request.limit + 1)
            try addNamings(to: &lines, window, limit: request.limit + 1)
        }
        let found = lines.inOrder()
        let shown = found.prefix(request.limit)
        return Page(items: try read(shown), next: found.count > shown.count ? shown.last.map { Cursor($0.key) } : nil)
    }

    /// What a token for some courses leaves, and what is left of that where one course is meant.
    ///
    /// - Parameter id: The column with the course's id.
    private func within(_ id: SQL) -> SQL {
        let only: SQL = course.map { " AND \(id) = \($0)" } ?? ""
        return "\(Policy.within(reader.limits.cut, id))\(only)"
    }

    // MARK: - A student's

    /// Whatever is before the window in all its columns is not new.
    private func addMaterials(to lines: inout NewestLines, _ window: NewsWindow) throws {
        let calendar = try calendar()
        // Many materials come out on few days.
        var starts: [CalendarDate: Instant] = [:]
        func start(of date: CalendarDate) -> Instant {
            if let start = starts[date] { return start }
            let start = calendar.start(of: date)
            starts[date] = start
            return start
        }
        try connection.forEach(
            """
            SELECT material.id, material.created_at, material.unhidden_at, material.modified_at,
                CASE WHEN material.release_date > course.release_date THEN material.release_date ELSE course.release_date END AS released
            FROM enrollment AS mine CROSS JOIN course CROSS JOIN material
            WHERE mine.student_id = \(reader.id) AND course.id = mine.course_id AND material.course_id = mine.course_id
                AND \(Policy.mayReadMaterials(reader) { calendar })\(within("mine.course_id"))
                AND (material.created_at >= \(window.since) OR material.unhidden_at >= \(window.since)
                    OR material.modified_at >= \(window.since) OR material.release_date >= \(window.firstDate)
                    OR course.release_date >= \(window.firstDate))
            """
        ) { row in
            let id: Int64 = try row["id"]
            let instants: [Instant?] = [try row["created_at"], try row["unhidden_at"]]
            let visible = instants.compactMap(\.self).reduce(start(of: try row["released"]), max)
            lines.add(NewsKey(at: visible, source: .material, id: id))
            if let modified: Instant = try row["modified_at"], modified > visible {
                lines.add(NewsKey(at: modified, source: .change, id: id))
            }
            return true
        }
    }

    /// A request was approved where the student is enrolled since the second of an approval that names the student, or that has more
    /// people than it names, where the student did not join in that second without one.
    private func addApprovals(to lines: inout NewestLines, _ window: NewsWindow) throws {
        let names = try names()
        // With a bare `date_entry`, SQLite takes the window for `audit.at` too, and reads all of its entries instead of one second's.
        var seen: Set<NewsKey> = []
        try connection.forEach(
            """
            SELECT course.id, course.code, mine.date_entry, audit.subject
            FROM enrollment AS mine CROSS JOIN course CROSS JOIN audit
            WHERE mine.student_id = \(reader.id) AND mine.status = 'enrolled' AND course.id = mine.course_id
                AND \(window.condition(.approval, at: "mine.date_entry + 0", id: "mine.course_id"))
                AND mine.date_entry + 0 >= \(earliestAct)\(within("mine.course_id"))
                AND audit.course_id = mine.course_id AND audit.at = mine.date_entry
                AND \(AuditRows.isForNews) AND action = 'roster.approve'
                AND NOT EXISTS (
                    SELECT 1 FROM audit AS own
                    WHERE own.course_id = mine.course_id AND own.at = mine.date_entry AND \(AuditRows.isForNews)
                        AND action = 'enrollment.join' AND own.is_request = 0 AND own.actor_id = mine.student_id)
            """
        ) { row in
            let (code, id): (CourseCode, Int64) = (try row["code"], try row["id"])
            let key = NewsKey(at: try row["date_entry"], source: .approval, id: id)
            let subject: String? = try row["subject"]
            if SubjectNames.mayMean(names, subject ?? ""), seen.insert(key).inserted {
                lines.add(key, NewsLine(at: key.at, kind: Told(.approval), course: code, subject: code.rawValue, id: nil))
            }
            return true
        }
    }

    /// What the reader is called and was, folded.
    private func names() throws -> Set<String> {
        var names: Set = [reader.username.folded]
        try connection.forEach("SELECT username FROM former_username WHERE user_id = \(reader.id)") { row in
            names.insert(try row["username"])
            return true
        }
        return names
    }

    // MARK: - A teacher's

    private func addActs(to lines: inout NewestLines, _ window: NewsWindow, limit: Int) throws {
        // The newest are found in the index, and what they say is read for them alone.
        try connection.forEach(
            """
            SELECT audit.id, audit.at, audit.action, audit.is_request, audit.subject, course.code
            FROM (
                SELECT audit.id AS entry, audit.at AS noted
                FROM (
                    SELECT id AS taught FROM course WHERE teacher_id = \(reader.id)
                    UNION SELECT course_id FROM co_teacher WHERE user_id = \(reader.id)
                ) AS mine CROSS JOIN audit
                WHERE audit.course_id = taught\(within("taught"))
                    AND \(AuditRows.isForNews) AND action IN ('enrollment.join', 'enrollment.leave')
                    AND \(window.condition(.act, at: "audit.at", id: "audit.id")) AND audit.at >= \(earliestAct)
                ORDER BY noted DESC, entry DESC LIMIT \(limit)
            ) AS newest
            CROSS JOIN audit CROSS JOIN course
            WHERE audit.id = entry AND course.id = audit.course_id
            """
        ) { row in
            let (action, isRequest): (AuditAction, Int64) = (try row["action"], try row["is_request"])
            let kind: NewsLine.Kind = action == .leave ? .leave : isRequest != 0 ? .request : .join
            let subject: String? = try row["subject"]
            let key = NewsKey(at: try row["at"], source: .act, id: try row["id"])
            lines.add(key, NewsLine(at: key.at, kind: Told(kind), course: try row["code"], subject: subject ?? "", id: nil))
            return true
        }
    }

    /// Who gives a course away stays as one of its teachers, which is no news to him.
    private func addNamings(to lines: inout NewestLines, _ window: NewsWindow, limit: Int) throws {
        try connection.forEach(
            """
            SELECT course.id, course.code, mine.added_at FROM co_teacher AS mine CROSS JOIN course
            WHERE mine.user_id = \(reader.id) AND course.id = mine.course_id\(within("mine.course_id"))
                AND \(window.condition(.teacher, at: "mine.added_at", id: "mine.course_id"))
                AND NOT EXISTS (
                    SELECT 1 FROM audit
                    WHERE audit.course_id = mine.course_id AND audit.at = mine.added_at AND \(AuditRows.isForNews)
                        AND action = 'course.transfer' AND audit.actor_id = mine.user_id)
            ORDER BY mine.added_at DESC, mine.course_id DESC LIMIT \(limit)
            """
        ) { row in
            let (code, id): (CourseCode, Int64) = (try row["code"], try row["id"])
            let key = NewsKey(at: try row["added_at"], source: .teacher, id: id)
            lines.add(key, NewsLine(at: key.at, kind: Told(.teacher), course: code, subject: code.rawValue, id: nil))
            return true
        }
    }

    // MARK: - What the lines say

    private func read(_ found: some Collection<NewestLines.Found>) throws -> [NewsLine] {
        var titles: [Int64: (title: String, course: CourseCode)] = [:]
        let ids = Array(Set(found.filter { $0.line == nil }.map(\.key.id)))
        for start in stride(from: 0, to: ids.count, by: 500) {
            try connection.forEach(
                """
                SELECT material.id, material.title, course.code FROM material JOIN course ON course.id = material.course_id
                WHERE material.id IN (\(list: ids[start..<min(start + 500, ids.count)]))
                """
            ) { row in
                titles[try row["id"]] = (try row["title"], try row["code"])
                return true
            }
        }
        return found.compactMap { found in
            if let line = found.line { return line }
            let key = found.key
            return titles[key.id].map {
                NewsLine(
                    at: key.at, kind: Told(key.source == .change ? .change : .material), course: $0.course, subject: $0.title,
                    id: MaterialID(rawValue: key.id))
            }
        }
    }
}

extension Context {
    func news(of course: CourseID?) throws -> NewsRows {
        NewsRows(
            connection: transaction.connection, reader: principal, calendar: transaction.calendar, course: course,
            earliestAct: try log.earliest(at: now))
    }
}
