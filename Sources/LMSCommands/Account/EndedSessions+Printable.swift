internal import LMSCore
internal import LMSText

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
