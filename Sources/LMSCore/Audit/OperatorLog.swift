internal import LMSDatabase
package import LMSText

/// Lists who did what to every course, account and setting, newest first; or to the courses of one name,
/// deleted ones too.
package struct ListOperatorLog: OperatorUseCase {
    package var course: CourseReference?
    package var limit: Int?
    package var after: Cursor?

    package init(course: CourseReference? = nil, limit: Int? = nil, after: Cursor? = nil) {
        self.course = course
        self.limit = limit
        self.after = after
    }

    package func perform(on service: LocalService) async throws -> Page<OperatorLogEntry> {
        try await service.readUnsigned { transaction in
            let request = try PageRequest(limit: limit, after: after)
            guard let course else { return try transaction.everything(request) }
            let rows = transaction.auditRows
            guard let named = NamedCourses(course),
                try rows.has(named) || transaction.hasCourse(course)
            else {
                // The catalogue needs a session, and knows no course that is gone.
                throw LMSError(
                    .notFound,
                    "there is no course \(quoted(course.text)), and none that had this code was deleted",
                    hint: "See all acts, with the codes of their courses, with: lms db log")
            }
            let page = try rows.page(of: named, request, at: transaction.now)
            return Page(items: page.items.map(OperatorLogEntry.init), next: page.next)
        }
    }
}

/// One act on a course, an account or a setting, as the operator reads it.
package struct OperatorLogEntry: Codable, Sendable {
    package let at: Instant
    package let actor: String
    package let via: String
    /// One of `AuditAction`'s or `AccountAction`'s.
    package let action: String
    /// The code of the course when it was done; none where it was done to an account or a setting.
    package let course: String?
    package let subject: String?

    /// What is missing is written as null.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(at.description, forKey: .at)
        members.encode(actor, forKey: .actor)
        members.encode(via, forKey: .via)
        members.encode(action, forKey: .action)
        members.encode(orNull: course, forKey: .course)
        members.encode(orNull: subject, forKey: .subject)
    }
}

extension OperatorLogEntry {
    init(_ entry: LogEntry) {
        self.init(
            at: entry.at, actor: entry.actor, via: entry.via, action: entry.action, course: entry.course,
            subject: entry.subject)
    }
}

extension Transaction {
    /// Whether there is such a course, which may have no acts yet or any more.
    fileprivate func hasCourse(_ reference: CourseReference) throws -> Bool {
        let nobody = UserID(rawValue: 0)
        return try CourseRows(connection: connection, viewer: nobody).named(reference) != nil
    }

    /// Both trails as one. Each is in the order in which it was written; of the next ones of both, the later
    /// goes first. So a page is found by ids, without an index on time, and a clock that is set back neither loses nor
    /// repeats an entry.
    fileprivate func everything(_ request: PageRequest) throws -> Page<OperatorLogEntry> {
        var key = try request.after?.mergedLogKey() ?? MergedLogKey()
        var courses = try auditRows.rows(below: key.course, limit: request.limit + 1, at: now)[...]
        var accounts = try accountAuditRows.rows(below: key.account, limit: request.limit + 1, at: now)[...]
        var items: [OperatorLogEntry] = []
        while items.count < request.limit {
            // Within a second, an account was made before its course.
            if let next = courses.first, next.entry.at >= accounts.first?.entry.at ?? next.entry.at {
                items.append(OperatorLogEntry(next.entry))
                key.course = next.id
                courses.removeFirst()
            } else if let next = accounts.popFirst() {
                items.append(next.entry)
                key.account = next.id
            } else {
                break
            }
        }
        let isEnd = courses.isEmpty && accounts.isEmpty
        return Page(items: items, next: isEnd ? nil : Cursor(key))
    }
}

/// The page key of the merged log: the last entries of both that were read.
private struct MergedLogKey: CustomStringConvertible {
    var course = AuditID(rawValue: .max)
    var account = AuditID(rawValue: .max)

    var description: String { "\(course).\(account)" }
}

extension Cursor {
    /// - Throws: `LMSError` `malformed` where it is not one of ours.
    fileprivate func mergedLogKey() throws -> MergedLogKey {
        let (course, account) = try ids()
        return MergedLogKey(course: AuditID(rawValue: course), account: AuditID(rawValue: account))
    }
}
