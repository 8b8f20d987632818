internal import LMSCore

extension User: Printable {
    static let columns: [Column<User>] = [
        Column("id", .whole.spared(2)) { Cell(id: $0.id) },
        Column("username", .name) { Cell($0.username) },
        Column("role", .whole) { Cell($0.role.rawValue) },
    ]

    var identity: String? { username.rawValue }
}

extension EndedSessions: Printable {
    static let columns: [Column<EndedSessions>] = [
        Column("username") { Cell($0.username) },
        Column("sessions") { Cell($0.sessions) },
    ]

    var identity: String? { username.rawValue }
}

extension Session: Printable {
    static let columns: [Column<Session>] = [
        Column("id", .whole) { Cell(id: $0.id) },
        Column("label") { Cell($0.label) },
        Column("created_at", .whole.spared(3)) { Cell($0.createdAt) },
        Column("expires_at", .whole.spared(1)) { Cell($0.expiresAt) },
        Column("last_used_at", .whole.spared(2)) { Cell($0.lastUsedAt) },
    ]

    var identity: String? { id?.description }
}

extension NewToken: Printable {
    static let columns: [Column<NewToken>] =
        Session.columns.map { $0.within(\NewToken.session) } + [Column("token") { Cell($0.token?.secret) }]

    var identity: String? { session.identity }
}

/// Who is signed in, and where.
struct SignedInSession: Printable {
    let account: SignedInAccount
    let target: String

    static let columns: [Column<SignedInSession>] = [
        Column("username") { Cell($0.account.username) },
        Column("role") { Cell($0.account.role.rawValue) },
        Column("target") { Cell($0.target) },
        Column("expires_at") { Cell($0.account.expiresAt) },
    ]

    var identity: String? { account.username.rawValue }
}
