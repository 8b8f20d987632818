internal import LMSDatabase

/// Counts what is in the database.
package struct CountRows: OperatorUseCase {
    package init() {}

    package func perform(on service: LocalService) async throws -> RowCounts {
        try await service.readUnsigned { try RowCounts($0.connection) }
    }
}

/// How many rows of each kind there are.
package struct RowCounts: Codable, Sendable {
    package let teachers: Int
    package let students: Int
    package let courses: Int
    package let enrollments: Int
    package let materials: Int
    package let sessions: Int
    package let audit: Int
    package let accountAudit: Int
    /// Who teaches which course beside its owner.
    package let coTeachers: Int
    package let keys: Int

    init(_ connection: any Connection) throws {
        func count(_ sql: SQL) throws -> Int { try connection.value(sql) ?? 0 }
        teachers = try count("SELECT count(*) FROM users WHERE role = 'teacher'")
        students = try count("SELECT count(*) FROM users WHERE role = 'student'")
        courses = try count("SELECT count(*) FROM course")
        enrollments = try count("SELECT count(*) FROM enrollment")
        materials = try count("SELECT count(*) FROM material")
        sessions = try count("SELECT count(*) FROM login_session")
        audit = try count("SELECT count(*) FROM audit")
        accountAudit = try count("SELECT count(*) FROM account_audit")
        coTeachers = try count("SELECT count(*) FROM co_teacher")
        keys = try count("SELECT count(*) FROM course_key")
    }
}
