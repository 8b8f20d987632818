internal import LMSDatabase

/// Gives a user another name, number or username. What is not given stays; an empty name or number goes.
package struct EditUser: OperatorUseCase {
    package var username: Username
    package var name: PersonName?
    package var number: PersonNumber?
    package var newUsername: Username?

    package init(
        username: Username, name: PersonName? = nil, number: PersonNumber? = nil, newUsername: Username? = nil
    ) {
        self.username = username
        self.name = name
        self.number = number
        self.newUsername = newUsername
    }

    package func perform(on service: LocalService) async throws -> Written<ListedUser> {
        try await service.writeUnsigned { transaction in
            let account = try transaction.account(username)
            let rows = UserRows(connection: transaction.connection)
            let areDetailsChanged = try changeDetails(account, rows)
            let isRenamed = try rename(account, rows, in: transaction)
            let isChanged = areDetailsChanged || isRenamed
            if isChanged {
                let name = account.username.rawValue
                try transaction.auditOperator(
                    .edit, subject: isRenamed ? "\(name) to \(newUsername?.rawValue ?? name)" : name)
            }
            guard let user = try rows.listed(account.id) else { throw DatabaseError(.internal, "a user is gone") }
            return transaction.written(user, isChanged ? .updated : .unchanged)
        }
    }

    /// - Returns: Whether the username is another now, be it in another spelling.
    private func rename(_ account: UserRows.Account, _ rows: UserRows, in transaction: Transaction) throws -> Bool {
        guard let newUsername, newUsername != account.username else { return false }
        let username = try newUsername.checked()
        if username.folded != account.username.folded {
            guard try rows.find(username) == nil else { throw LMSError.usernameTaken(username) }
            try transaction.formerUsernames.requireFree(username, for: account.id)
            try transaction.formerUsernames.takeBack(username, of: account.id)
            try transaction.formerUsernames.giveUp(account.username, of: account.id)
        }
        try rows.setUsername(username, of: account.id)
        return true
    }

    /// - Returns: Whether anything is another now.
    private func changeDetails(_ account: UserRows.Account, _ rows: UserRows) throws -> Bool {
        var (details, isNameGiven) = (account.details, account.isNameGiven)
        if let name {
            details.name = try name.checked()
            isNameGiven = details.name != nil
        }
        if let number {
            details.number = try number.checked()
            if let number = details.number, let holder = try rows.holder(of: number), holder.id != account.id {
                throw LMSError.numberTaken(by: holder.username)
            }
        }
        guard details != account.details || isNameGiven != account.isNameGiven else { return false }
        try rows.setDetails(details, isNameGiven: isNameGiven, of: account.id)
        return true
    }
}
