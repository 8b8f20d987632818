internal import ArgumentParser
internal import LMSCore

/// `lms logout`
struct Logout: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", _superCommandName: "lms",
        abstract: "Sign out.",
        discussion: """
            Example:
              lms logout --all
            """)

    @Flag(help: "End all sessions and tokens of yours, on every machine.")
    var all = false

    @OptionGroup
    var options: GlobalOptions

    static var changesData: Bool { true }

    func run(in context: CommandContext) async throws {
        let ended = try await end(in: context)
        if context.invocation.environment["LMS_TOKEN"] == nil {
            let target = try context.target
            try context.sessionFile.update { $0.sessions[target.path] = nil }
        }
        try context.printer.written(ended)
    }

    /// A session that has ended by itself is signed out already.
    private func end(in context: CommandContext) async throws -> Written<EndedSessions> {
        do {
            return try await context.service.perform(LogOut(all: all))
        } catch let error as LMSError where error.code == .notSignedIn {
            let target = try context.target
            guard let stored = try context.sessionFile.read().sessions[target.path] else { throw error }
            return Written(
                record: EndedSessions(username: stored.username, sessions: 0), outcome: .unchanged,
                isRehearsal: false)
        }
    }
}
