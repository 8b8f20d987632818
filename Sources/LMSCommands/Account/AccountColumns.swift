internal import LMSCore

extension UserRecord: Printable {
    static var columns: [Column<UserRecord>] {
        [
            Column("id", .whole.spared(2)) { Cell(id: $0.id) },
            Column("username", .name) { Cell($0.username) },
            Column("role", .whole) { Cell($0.role.rawValue) },
        ]
    }

    var identity: String? { username.rawValue }
}

extension EndedSessions: Printable {
    static let columns: [Column<EndedSessions>] = [
        Column("username") { Cell($0.username) },
        Column("sessions") { Cell($0.sessions) },
        Column("tokens") { Cell($0.tokens) },
    ]

    var identity: String? { username.rawValue }

    /// What ended, in words: `2 other sessions and 1 token ended.`
    ///
    /// - Parameter adjective: Which sessions these are, if not all.
    func sentence(of owner: String = "", adjective: String = "") -> String {
        let parts = [(sessions, "\(adjective)session"), (tokens, "\(adjective)token")].filter { $0.0 > 0 }
        guard !parts.isEmpty else { return "No \(adjective)session or token\(owner) was there to end." }
        return parts.map { counted($0.0, $0.1) }.joined(separator: " and ") + "\(owner) ended."
    }
}

extension SessionRecord: Printable {
    static var columns: [Column<SessionRecord>] {
        [
            Column("id", .whole) { Cell(id: $0.id) },
            Column("label") { Cell($0.label) },
            Column("created_at", .whole.spared(3)) { Cell($0.createdAt) },
            Column("expires_at", .whole.spared(1)) { Cell($0.expiresAt) },
            Column("last_used_at", .whole.spared(2)) { Cell($0.lastUsedAt) },
        ]
    }

    var identity: String? { id.number?.description }
}

extension NewToken: Printable {
    static let columns: [Column<NewToken>] =
        NewToken.Session.columns.map { $0.within(\NewToken.session) } + [
            Column("token") { Cell($0.token?.secret) }
        ]

    /// The secret, which is what the next command needs.
    var identity: String? { token?.secret }
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
