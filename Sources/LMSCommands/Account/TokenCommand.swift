internal import ArgumentParser

/// `lms token`
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Long-lived sign-ins for scripts and CI.",
        discussion: """
            Example:
              lms token create --label "Nightly import"
            """,
        subcommands: [TokenCreate.self, TokenList.self, TokenRevoke.self])
}
