internal import ArgumentParser
internal import LMSCore

/// `lms whoami`
struct Whoami: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", _superCommandName: "lms",
        abstract: "Tell who is signed in, where, and until when.",
        discussion: """
            Example:
              lms whoami --json
            """)

    @OptionGroup
    var options: GlobalOptions

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let account = try await service.perform(WhoAmI())
        try context.printer.record(SignedInSession(account: account, target: context.target.key))
    }
}
