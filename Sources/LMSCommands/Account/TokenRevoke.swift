internal import LMSCommandLine
internal import LMSCore

/// `lms token revoke <id>`
struct TokenRevoke: ServiceCommand, WritingCommand {
    static let name = "revoke"
    static let summary = "End one of your tokens or sign-ins."
    static let examples = ["lms token revoke 7"]
    static var syntax: Syntax<Self> {
        [
            .argument("id", \.id, "The token's id, from: lms token list")
        ]
    }

    var id = SessionReference("")
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try context.printer.written(await service.perform(RevokeToken(id: id)))
    }
}
