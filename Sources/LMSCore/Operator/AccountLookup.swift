internal import LMSDatabase
internal import LMSText

// What operators' use cases share.
extension Transaction {
    /// - Throws: `LMSError` `notFound`.
    func account(_ username: Username) throws -> UserRows.Account {
        guard let account = try UserRows(connection: connection).find(username) else {
            throw LMSError(
                .notFound, "there is no user \(quoted(username.rawValue))",
                hint: "See who there is with: lms user list")
        }
        return account
    }

    /// - Throws: `LMSError` `conflict` where the user owns courses or is in one.
    func requireUninvolved(_ account: UserRows.Account, to act: String) throws {
        let owned: Int =
            try connection.value(
                "SELECT count(*) FROM course WHERE teacher_id = \(account.id)") ?? 0
        guard owned == 0 else {
            throw LMSError(
                .conflict, "'\(account.username)' owns \(counted(owned, "course")), so you cannot \(act)",
                hint: "Hand the courses over first, with: lms user transfer \(account.username) TO")
        }
        let followed: Int =
            try connection.value(
                "SELECT count(*) FROM enrollment WHERE student_id = \(account.id)") ?? 0
        guard followed == 0 else {
            throw LMSError(
                .conflict, "'\(account.username)' is in \(counted(followed, "course")), so you cannot \(act)",
                hint: "First, the student leaves, or the teachers take the student off their rosters.")
        }
    }
}
