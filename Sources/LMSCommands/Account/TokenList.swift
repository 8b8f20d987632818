internal import LMSCommandLine
internal import LMSCore

/// `lms token list`
struct TokenList: ServiceCommand {
    static let name = "list"
    static let summary = "List your tokens and sign-ins."
    static let examples = ["lms token list"]
    static var syntax: Syntax<Self> {
        []
    }

    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try await context.printer.list(orSay: Self.nothing) { after in
            try await service.perform(ListTokens(limit: CommandContext.pageSize, after: after))
        }
    }

    private static let nothing = EmptyList(
        "You have no tokens.", next: "Make one with: lms token create --label NAME")
}
