internal import ArgumentParser
internal import LMSCore
internal import LMSText

/// `lms token create --label <label>`
struct TokenCreate: ServiceCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", _superCommandName: "lms token",
        abstract: "Make a token, and show its secret this once.",
        discussion: """
            Give the secret to a script in the variable LMS_TOKEN. With --quiet, the secret is all that is printed.

            Examples:
              lms token create --label "Nightly import" --lifetime 90d
              lms token create --label "CI" -q > token
            """)

    @Option(parsing: .unconditional, help: "What the token is for.")
    var label: String

    @Option(help: "How long it lasts: 90d, 12h. At most 365d.")
    var lifetime: Lifetime?

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try context.printer.written(
            await service.perform(CreateToken(label: label, lifetime: lifetime)))
        if !isDryRun { context.console.note("The token is shown only now: keep it in a safe place.") }
    }
}
