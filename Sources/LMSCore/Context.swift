internal import LMSDatabase
internal import LMSText

/// One transaction, and for whom it runs.
package struct Context {
    let transaction: Transaction
    let principal: Principal

    var now: Instant { transaction.now }
    var courses: CourseRows {
        CourseRows(connection: transaction.connection, viewer: principal.id, viewerRole: principal.role, cut: principal.limits.cut)
    }
    var enrollments: EnrollmentRows { EnrollmentRows(connection: transaction.connection) }
    var materials: MaterialRows { MaterialRows(connection: transaction.connection) }
    var search: SearchRows { SearchRows(connection: transaction.connection, reader: principal, calendar: transaction.calendar) }
    var log: AuditRows { AuditRows(connection: transaction.connection, cut: principal.limits.cut) }
    var users: UserRows { UserRows(connection: transaction.connection) }
    var sessions: SessionRows { SessionRows(connection: transaction.connection) }

    /// Writes an entry of the log: what the principal did to a course.
    ///
    /// - Parameter isRequest: Whether it was only asked for.
    func audit(_ action: AuditAction, _ course: Course, subject: String?, isRequest: Bool = false) throws {
        try transaction.audit(
            by: principal.username, id: principal.id, action, course, subject: subject, isRequest: isRequest)
    }

    /// Writes an entry of the log: what the principal did to his own account.
    func audit(_ action: AccountAction, subject: String) throws {
        try transaction.audit(by: principal.username, id: principal.id, action, subject: subject)
    }

    /// What was written, in the form that the caller sees.
    func written<Record>(_ record: Record, _ outcome: Outcome) -> Written<Record> {
        transaction.written(record, outcome)
    }

    /// The id of a new row; none in a dry run, where the row is taken back.
    func created<ID>(_ id: ID) -> ID? {
        transaction.isDryRun ? nil : id
    }
}

/// One transaction, without a say about whom it runs for.
struct Transaction {
    let connection: any Connection
    let now: Instant
    let via: Surface
    let isDryRun: Bool

    func written<Record>(_ record: Record, _ outcome: Outcome) -> Written<Record> {
        Written(record: record, outcome: outcome, isDryRun: isDryRun)
    }
}

/// What a use case came through.
package enum Surface: String, Codable, Sendable, ValueConvertible {
    case cli
    case http
}

/// Who is signed in.
struct Principal: Sendable {
    let id: UserID
    let username: Username
    let role: Role
    let session: SessionID
    let expiresAt: Instant
    /// None for a token that is used for the first time.
    let lastUsedAt: Instant?
    /// What the token may do less than its owner.
    let limits: TokenLimits
}
