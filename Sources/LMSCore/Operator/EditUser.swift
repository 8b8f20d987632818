internal import LMSDatabase

/// Gives a user another name, number or username. What is not given stays; an empty name or number goes.
package struct EditUser: OperatorUseCase {
    package var username: Username
    package var name: PersonName?
    package var number: PersonNumber?

    package init(username: Username, name: PersonName? = nil, number: PersonNumber? = nil) {
        self.username = username
        self.name = name
        self.number = number
    }

    package func perform(on service: LocalService) async throws -> Written<ListedUser> {
        try await service.writeUnsigned { transaction in
            let account = try transaction.account(username)
            let rows = UserRows(connection: transaction.connection)
            let isChanged = try changeDetails(account, rows)
            if isChanged { try transaction.auditOperator(.edit, subject: account.username.rawValue) }
            guard let user = try rows.listed(account.id) else { throw DatabaseError(.internal, "a user is gone") }
            return transaction.written(user, isChanged ? .updated : .unchanged)
        }
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
