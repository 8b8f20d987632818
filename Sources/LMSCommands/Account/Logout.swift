internal import LMSCommandLine
internal import LMSCore

/// `lms logout`
struct Logout: ServiceCommand {
    static let name = "logout"
    static let summary = "Sign out."
    static let examples = ["lms logout --all"]
    static var syntax: Syntax<Self> {
        [
            .flag("--all", at: \.all, "End all sessions and tokens of yours, on every machine.")
        ]
    }

    var all = false
    var options = GlobalOptions()

    static var changesData: Bool { true }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let target = try context.target.key
        let stored = try context.target.storedSession
        let ended: Written<EndedSessions>
        do {
            ended = try await service.perform(LogOut(all: all))
        } catch let error as LMSError where error.code == .notSignedIn {
            guard let stored else { throw error }
            try forget(stored, on: target, in: context)
            // The other sessions may be alive, and only somebody signed in can end them.
            if all { throw error }
            ended = Written(
                record: EndedSessions(username: stored.username, sessions: 0, tokens: 0),
                outcome: .unchanged, isDryRun: false)
        }
        if let stored { try forget(stored, on: target, in: context) }
        try context.printer.written(ended)
        context.printer.remark(all ? "Signed out everywhere." : "Signed out.")
    }

    /// Another process may have signed in meanwhile: its session stays.
    private func forget(
        _ stored: SessionFile.StoredSession, on target: String, in context: CommandContext
    ) throws {
        try context.target.sessionFile.update(at: context.invocation.clock()) { contents in
            if contents.sessions[target]?.token == stored.token { contents.sessions[target] = nil }
        }
    }
}
