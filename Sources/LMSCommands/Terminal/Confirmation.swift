internal import LMSCore

/// What somebody is asked before a thing is done that takes something away.
struct Question: Sendable {
    /// Lines that are shown before it.
    let details: [String]
    let text: String

    init(_ text: String, details: [String] = []) {
        self.text = text
        self.details = details
    }
}

/// What becomes of an act that somebody should agree to where nobody is at a terminal.
enum Unattended: Sendable {
    /// It is refused.
    case refused
    /// It is done: somebody else can mend it.
    case done
}

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

    /// Performs a use case, once somebody has agreed to what its dry run says.
    ///
    /// - Parameter question: Made from what the dry run answers; `nil` where there is nothing to ask.
    /// - Returns: What was done; `nil` where the answer was no.
    func confirmed<Output: Sendable>(
        _ options: ConfirmOptions, unattended: Unattended, question: (Output) -> Question?,
        _ act: (_ isDryRun: Bool) async throws -> Output
    ) async throws -> Output? {
        try await confirmed(
            options, unattended: unattended, expecting: { try await act(true) }, question: question,
            act: { _ in try await act(isDryRun) })
    }

    /// Does something, once somebody has agreed to what is expected of it.
    ///
    /// - Parameters:
    ///   - expecting: Finds out what would be done.
    ///   - question: Made from that; `nil` where there is nothing to ask.
    ///   - act: Gets what was expected; `nil` where nobody is asked: with `--yes`, and in a dry run.
    /// - Returns: What was done; `nil` where the answer was no.
    func confirmed<Expected, Done>(
        _ options: ConfirmOptions, unattended: Unattended, expecting: () async throws -> Expected,
        question: (Expected) async throws -> Question?, act: (Expected?) async throws -> Done
    ) async throws -> Done? {
        guard !options.yes, !isDryRun, unattended == .refused || console.isInteractive else {
            return try await act(nil)
        }
        let expected = try await expecting()
        if let question = try await question(expected) {
            try requireConfirmation(options)
            for detail in question.details { console.note(detail) }
            guard console.confirm(question.text) else {
                console.note("Nothing was changed.")
                return nil
            }
        }
        return try await act(expected)
    }
}
