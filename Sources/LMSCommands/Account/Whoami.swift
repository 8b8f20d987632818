internal import LMSCommandLine
internal import LMSCore

/// `lms whoami`
struct Whoami: ServiceCommand {
    static let name = "whoami"
    static let summary = "Tell who is signed in, where, and until when."
    static let examples = ["lms whoami --json"]
    static var syntax: Syntax<Self> {
        []
    }

    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let account = try await service.perform(WhoAmI())
        try context.printer.record(SignedInSession(account: account, target: context.target.key))
    }
}
