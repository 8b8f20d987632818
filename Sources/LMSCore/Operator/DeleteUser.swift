internal import LMSDatabase
internal import LMSText

/// Removes an account that owns no course; and is in none, unless it is to be taken out of all of them. What names the person goes
/// with it, in the logs too.
package struct DeleteUser: OperatorUseCase {
    package var username: Username
    /// Whether the person is taken out of all courses first.
    package var everywhere: Bool

    private static let act = "delete the account"

    package init(username: Username, everywhere: Bool = false) {
        self.username = username
        self.everywhere = everywhere
    }

    package func perform(on service: LocalService) async throws -> Written<DeletedUser> {
        try await service.writeUnsigned { transaction in
            let account = try transaction.account(username)
            let rows = PersonalRows(connection: transaction.connection)
            var courses = 0
            if everywhere {
                try transaction.requireOwnsNothing(account, to: Self.act)
                courses = try rows.takeOut(account.id, via: transaction.via, at: transaction.now)
            } else {
                try transaction.requireUninvolved(account, to: Self.act)
            }
            let trash = TrashRows(connection: transaction.connection)
            try requireTrashedNothing(account, trash, at: transaction.now)
            courses += try trash.takeOut(account.id)
            try rows.eraseFromLogs(account)
            try UserRows(connection: transaction.connection).delete(account.id)
            try transaction.auditOperator(.delete, subject: SubjectNames.deleted)
            return transaction.written(DeletedUser(user: account.user, courses: courses), .deleted)
        }
    }
}

extension DeleteUser {
    /// A course in the trash has an owner, too, who alone can bring it back.
    private func requireTrashedNothing(_ account: UserRows.Account, _ trash: TrashRows, at now: Instant) throws {
        let owned = try trash.codesOfCourses(of: account.id, since: now - trash.retention())
        guard !owned.isEmpty else { return }
        throw LMSError(
            .conflict,
            "'\(account.username)' has \(counted(owned.count, "course")) in the trash: \(named(owned))",
            hint: "Hand them over first, with: lms user transfer \(account.username) TO")
    }
}

/// A user who is gone, and of how many courses.
package struct DeletedUser: Sendable {
    package let user: User
    package let courses: Int
}
