/// A command of somebody who is signed in. It gets a service with the token, so no file is read and no question asked before
/// it is clear that there is one.
protocol ServiceCommand: ContextCommand {
    /// Refuses a line that lacks something where nobody is at a terminal to be asked for it. This comes before the sign-in.
    func checkLine(in context: CommandContext) throws

    /// Performs a use case, and prints the answer.
    func run(on service: SignedInService, in context: CommandContext) async throws
}

extension ServiceCommand {
    func checkLine(in context: CommandContext) throws {}

    func run(in context: CommandContext) async throws {
        try checkLine(in: context)
        try await run(on: context.target.signedInService(isDryRun: isDryRun), in: context)
    }
}
