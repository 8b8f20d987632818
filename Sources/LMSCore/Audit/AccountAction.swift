internal import LMSDatabase

/// What an entry of the log of accounts and settings says was done. Signing in and out is not logged.
package enum AccountAction: String, Codable, Sendable, CaseIterable {
    case register = "user.register"
    case changePassword = "user.passwd"
    case setPassword = "user.set-password"
    case setRole = "user.set-role"
    /// The operator gave another name, number or username. Only usernames are told.
    case edit = "user.edit"
    /// The holder of the account changed the name.
    case editProfile = "user.profile"
    case disable = "user.disable"
    case enable = "user.enable"
    case delete = "user.delete"
    case transfer = "user.transfer"
    case withdraw = "user.withdraw"
    /// Many accounts at once, from a file.
    case importUsers = "user.import"
    case createToken = "token.create"
    case revokeToken = "token.revoke"
    case emptyTrash = "trash.empty"
    case setRetention = "db.retention"
    case setZone = "db.timezone"
    case restore = "db.restore"

    /// Whether the subject of such an entry has usernames (`SubjectNames`).
    var namesPeople: Bool {
        switch self {
        case .register, .changePassword, .setPassword, .setRole, .edit, .editProfile, .disable, .enable, .delete, .transfer,
            .withdraw:
            true
        case .importUsers, .createToken, .revokeToken, .emptyTrash, .setRetention, .setZone, .restore: false
        }
    }

    static let namingPeople = allCases.filter(\.namesPeople)
}

extension AccountAction: ValueConvertible {}

extension Transaction {
    var accountAuditRows: AccountAuditRows { AccountAuditRows(connection: connection) }

    /// Logs what the holder of an account did to it, in the transaction of the act. The entry keeps names by value, so that it
    /// can be read when they are gone. It never holds a text, a password, a token or an address.
    ///
    /// - Parameter subject: What it was done to: a username, the label of a token.
    func audit(by actor: Username, id: UserID, _ action: AccountAction, subject: String) throws {
        try audit(action, by: actor.rawValue, id: id, subject: subject)
    }

    /// Logs what the operator did.
    func auditOperator(_ action: AccountAction, subject: String) throws {
        try audit(action, by: AuditRows.operatorName, id: nil, subject: subject)
    }

    private func audit(_ action: AccountAction, by actor: String, id: UserID?, subject: String) throws {
        let newest = try accountAuditRows.insert(
            action, by: actor, id: id, via: via, subject: subject, at: now)
        try accountAuditRows.forgetExpired(after: newest, at: now)
    }
}
