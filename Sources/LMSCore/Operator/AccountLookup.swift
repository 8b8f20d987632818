internal import LMSDatabase
internal import LMSText

// What operators' use cases share.
extension Transaction {
    /// - Throws: `LMSError` `notFound`.
    func account(_ username: Username) throws -> UserRows.Account {
        guard let account = try UserRows(connection: connection).find(username) else {
            if let holder = try formerUsernames.holder(of: username) {
                throw LMSError(
                    .notFound, FormerUsername.words(username.rawValue, holder.username), hint: "Use that username.")
            }
            throw LMSError(
                .notFound, "there is no user \(quoted(username.rawValue))",
                hint: "See who there is with: lms user list")
        }
        return account
    }

    /// Keeps a user out, or lets the user in again, and notes it; an account that is so already is left as it is.
    ///
    /// - Parameter end: Does what goes with the change.
    func setDisabled(
        _ isDisabled: Bool, _ username: Username, with end: (UserRows.Account) throws -> Void = { _ in }
    ) throws -> Written<User> {
        let account = try account(username)
        if account.isDisabled == isDisabled { return written(account.user, .unchanged) }
        try UserRows(connection: connection).setDisabled(isDisabled ? now : nil, of: account.id)
        try end(account)
        try auditOperator(isDisabled ? .disable : .enable, subject: account.username.rawValue)
        return written(account.user, .updated)
    }

    /// - Throws: `LMSError` `conflict` where the user owns courses, teaches one beside its owner, or is in one.
    func requireUninvolved(_ account: UserRows.Account, to act: String) throws {
        let owned: Int =
            try connection.value(
                "SELECT count(*) FROM course WHERE teacher_id = \(account.id)") ?? 0
        guard owned == 0 else {
            throw LMSError(
                .conflict, "'\(account.username)' owns \(counted(owned, "course")), so you cannot \(act)",
                hint: "Hand the courses over first, with: lms user transfer \(account.username) TO")
        }
        let taught = try TeacherRows(connection: connection).courses(of: account.id)
        guard taught.isEmpty else {
            throw LMSError(
                .conflict, "'\(account.username)' still teaches \(named(taught)), so you cannot \(act)",
                hint: "First, the owners take the teacher off, with: lms teacher remove COURSE \(account.username)")
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
