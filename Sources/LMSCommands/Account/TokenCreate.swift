internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms token create --label <label>`
struct TokenCreate: ServiceCommand, WritingCommand {
    static let name = "create"
    static let summary = "Make a token, and show its secret this once."
    static let details = """
        Give the secret to a script in the variable LMS_TOKEN. With --quiet, the secret is all that is printed.
        """
    static let examples = [
        #"lms token create --label "Nightly import" --lifetime 90d"#, #"lms token create --label "CI" -q > token"#,
    ]
    static var syntax: Syntax<Self> {
        [
            .required("--label", \.label, takes: .text, "What the token is for."),
            .option("--lifetime", \.lifetime, "How long it lasts: 90d, 12h. At most 365d."),
        ]
    }

    var label = ""
    var lifetime: Lifetime?
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try context.printer.written(
            await service.perform(CreateToken(label: label, lifetime: lifetime)))
        if !isDryRun { context.console.note("The token is shown only now: keep it in a safe place.") }
    }
}
