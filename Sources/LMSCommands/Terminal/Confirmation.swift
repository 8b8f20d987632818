internal import LMSCore

extension CommandContext {
    /// Refuses, before anything is done, to destroy without a word from somebody.
    ///
    /// - Throws: `LMSError` `usage` where nobody is there to ask and `--yes` was not given.
    func requireConfirmation(_ options: ConfirmOptions) throws {
        guard options.yes || isDryRun || console.isInteractive else {
            throw LMSError(
                .usage, "this destroys data, and there is no terminal to ask",
                hint: "Say --yes to do it, or --dry-run to see what would go.")
        }
    }

    /// Performs a destructive use case, once somebody has agreed to what it would do.
    ///
    /// - Parameter question: Made from what a dry run says would go.
    /// - Returns: What was done; `nil` where the answer was no.
    func confirmed<Output: Sendable>(
        _ options: ConfirmOptions, question: (Output) -> String,
        _ act: (_ isDryRun: Bool) async throws -> Output
    ) async throws -> Output? {
        try requireConfirmation(options)
        return try await confirmedOnTerminal(options, question: question, act)
    }

    /// Performs a use case that can be mended by somebody else's hand: once somebody has agreed, where somebody
    /// is there to ask; elsewhere at once.
    ///
    /// - Parameter question: `nil` where there is nothing to ask.
    /// - Returns: What was done; `nil` where the answer was no.
    func confirmedOnTerminal<Output: Sendable>(
        _ options: ConfirmOptions, question: (Output) -> String?,
        _ act: (_ isDryRun: Bool) async throws -> Output
    ) async throws -> Output? {
        if !options.yes && !isDryRun && console.isInteractive {
            let expected = try await act(true)
            guard question(expected).map(console.confirm) ?? true else {
                console.note("Nothing was changed.")
                return nil
            }
        }
        return try await act(isDryRun)
    }
}
