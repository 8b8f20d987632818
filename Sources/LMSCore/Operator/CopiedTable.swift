internal import LMSDatabase

/// A table that is copied with its ids. Each is described where its other statements are.
struct CopiedTable: Sendable {
    let name: String
    let rows: SQL
    let hasSequence: Bool
    let table: SQL
    let columns: [SQL]

    /// - Parameters:
    ///   - columns: All that it has.
    ///   - key: What its rows are ordered by.
    ///   - hasSequence: Whether its ids are given out in order, and never twice.
    init(_ name: String, _ table: SQL, _ columns: [SQL], by key: SQL = "id", hasSequence: Bool = true) {
        self.name = name
        rows = "SELECT \(joined: columns) FROM \(table) ORDER BY \(key)"
        self.table = table
        self.columns = columns
        self.hasSequence = hasSequence
    }

    func writer(on connection: any Connection) throws -> any RowWriter {
        try connection.writer(of: table, columns, ids: .given)
    }

    /// All tables, in an order that foreign keys allow. What throttles sign-ins is not copied: it is about minutes. What finds
    /// texts is made anew.
    static let all =
        [
            UserRows.copied, UserRows.copiedFormerNames, CourseRows.copied, CourseRows.copiedTeachers, EnrollmentKeyRows.copied,
            EnrollmentRows.copied, MaterialRows.copied, SessionRows.copied, SessionRows.copiedCourses,
            AuditRows.copied, AccountAuditRows.copied, AuditRows.copiedSettings, SchoolZoneRows.copied,
        ] + TrashRows.copied
}
