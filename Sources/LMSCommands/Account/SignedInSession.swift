internal import LMSCore

/// Who is signed in, and where.
struct SignedInSession: Printable {
    let account: SignedInAccount
    let target: String

    static let columns: [Column<SignedInSession>] =
        [
            Column("username") { Cell($0.account.username) },
            Column("role") { Cell($0.account.role.rawValue) },
            Column("target") { Cell($0.target) },
            Column("expires_at") { Cell($0.account.expiresAt) },
        ] + TokenScope.columns.map { $0.within(\.account.scope) }

    var identity: String? { account.username.rawValue }
}
