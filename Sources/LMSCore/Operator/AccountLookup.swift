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
        let rows = PersonalRows(connection: connection)
        try requireOwnsNothing(account, to: act)
        let taught = try rows.codesOfCourses(taughtBy: account.id)
        guard taught.isEmpty else {
            throw LMSError(
                .conflict, "'\(account.username)' still teaches \(named(taught)), so you cannot \(act)",
                hint: "Take the teacher off them first, with: lms user withdraw \(account.username) COURSE")
        }
        let followed = try rows.codesOfCourses(followedBy: account.id)
        guard followed.isEmpty else {
            throw LMSError(
                .conflict, "'\(account.username)' is in \(named(followed)), so you cannot \(act)",
                hint: "Take the student off them first, with: lms user withdraw \(account.username) COURSE")
        }
    }

    /// A course has an owner: somebody must take it.
    ///
    /// - Throws: `LMSError` `conflict`.
    func requireOwnsNothing(_ account: UserRows.Account, to act: String) throws {
        let owned = try PersonalRows(connection: connection).codesOfCourses(ownedBy: account.id)
        guard owned.isEmpty else {
            throw LMSError(
                .conflict, "'\(account.username)' owns \(named(owned)), so you cannot \(act)",
                hint: "Hand the courses over first, with: lms user transfer \(account.username) TO")
        }
    }
}
