internal import LMSDatabase
package import LMSText

/// A teacher of a course.
package struct CourseTeacher: Codable, Sendable {
    package let username: Username
    /// `owner` or `teacher`; none of who was to be removed and is no teacher of the course.
    package let role: Told<CourseRole>?
    /// Since when; none of the owner.
    package let addedAt: Instant?

    enum CodingKeys: String, CodingKey {
        case username, role
        case addedAt = "added_at"
    }

    /// What is missing is written as null.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(username.rawValue, forKey: .username)
        members.encode(orNull: role?.rawValue, forKey: .role)
        members.encode(orNull: addedAt?.description, forKey: .addedAt)
    }
}

/// What became of one teacher of a course.
package typealias TeacherChange = Written<CourseTeacher>

extension Context {
    var teachers: TeacherRows { TeacherRows(connection: transaction.connection) }

    /// The teachers' accounts of the names, each once, in the order given.
    ///
    /// - Parameters:
    ///   - hint: What whoever named somebody who is not registered can do.
    ///   - studentHint: The same of who named a student.
    /// - Throws: `LMSError` `notFound` that names every name that is not registered, else `invalid` that names every student.
    func teacherAccounts(_ usernames: [Username], orHint hint: String, ofStudents studentHint: String) throws -> [AccountDirectory
        .Entry]
    {
        let accounts = try accounts(usernames, orHint: hint)
        try CourseRules.requireMayTeach(accounts, orHint: studentHint)
        return accounts
    }
}
