internal import ArgumentParser
internal import LMSCore

/// `lms token revoke <id>`
struct TokenRevoke: ServiceCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", _superCommandName: "lms token",
        abstract: "End one of your tokens or sign-ins.",
        discussion: """
            Example:
              lms token revoke 7
            """)

    @Argument(help: "The token's id, from: lms token list")
    var id: SessionReference

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try context.printer.written(await service.perform(RevokeToken(id: id)))
    }
}
