/// A command of somebody who is signed in: before it reads a file or asks a question, it is known that somebody is.
protocol ServiceCommand: ContextCommand {
    /// Refuses what the line lacks where nobody is at a terminal to ask: that comes before the sign-in.
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
