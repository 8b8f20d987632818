/// How many sessions of a user were ended.
package struct EndedSessions: Codable, Sendable {
    package let username: Username
    /// Sign-ins.
    package let sessions: Int
    /// What was made for scripts, with `token create`.
    package let tokens: Int

    package init(username: Username, sessions: Int, tokens: Int) {
        self.username = username
        self.sessions = sessions
        self.tokens = tokens
    }

    init(username: Username, _ ended: SessionRows.Ended) {
        self.init(username: username, sessions: ended.sessions, tokens: ended.tokens)
    }

    enum CodingKeys: String, CodingKey {
        case username, sessions, tokens
    }

    /// A server of version 0.1 counts tokens as sessions.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        username = try container.decode(Username.self, forKey: .username)
        sessions = try container.decode(Int.self, forKey: .sessions)
        tokens = try container.decodeIfPresent(Int.self, forKey: .tokens) ?? 0
    }
}
