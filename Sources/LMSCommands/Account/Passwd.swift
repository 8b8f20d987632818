internal import LMSCommandLine
internal import LMSCore

/// `lms passwd`
struct Passwd: ServiceCommand, WritingCommand {
    static let name = "passwd"
    static let summary = "Change your password, and end your other sessions and tokens."
    static let examples = ["lms passwd"]
    static var syntax: Syntax<Self> {
        [
            .flag(
                "--password-stdin", at: \.passwordStdin,
                "Read two lines from standard input: the current password, then the new one.")
        ]
    }

    var passwordStdin = false
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let (current, new) = try passwords(context.console)
        let ended = try await current.tried(context.console) {
            try await service.perform(ChangePassword(current: $0, new: new))
        }
        if !isDryRun { context.console.note(ended.record.sentence(adjective: "other ")) }
        try context.printer.written(ended)
    }

    private func passwords(_ console: Console) throws -> (current: GivenPassword, new: Password) {
        if passwordStdin { return try console.readPasswords() }
        return (
            GivenPassword(try console.askPassword("Current password")),
            try console.askNewPassword("New password")
        )
    }
}
