internal import ArgumentParser
internal import LMSCore

/// A command that acts on a target, and prints an answer.
///
/// Its entry is synchronous, and waits for the asynchronous work: an asynchronous `main` costs a static executable tens of
/// milliseconds at its end.
protocol ContextCommand: ParsableCommand, Sendable {
    var options: GlobalOptions { get }
    /// Whether a database that is missing is made.
    static var createsDatabase: Bool { get }
    /// Whether it has changed something by the time it prints.
    static var changesData: Bool { get }
    /// Whether it is a dry run: everything is done, then rolled back.
    var isDryRun: Bool { get }

    /// Does what the command is for, and prints the answer.
    func run(in context: CommandContext) async throws
}

extension ContextCommand {
    static var createsDatabase: Bool { false }
    static var changesData: Bool { false }
    var isDryRun: Bool { false }

    mutating func run() throws {
        let command = self
        let context = CommandContext(command, Invocation.current)
        try MainThreadExecutor.run {
            do {
                try await command.run(in: context)
                try context.printer.finish()
                await context.target.close()
            } catch {
                await context.target.close()
                context.printer.abandon()
                guard let failure = error as? OutputFailure, command.hasCommitted else {
                    throw context.directed(error)
                }
                throw failure.afterCommit
            }
        }
    }

    /// Whether a failure to print comes after a change was committed.
    private var hasCommitted: Bool { Self.changesData && !isDryRun }
}

/// A command that changes data.
protocol WritingCommand: ContextCommand {
    var writing: WriteOptions { get }
}

extension WritingCommand {
    static var changesData: Bool { true }
    var isDryRun: Bool { writing.isDryRun }
}

/// A command that only the operator has: it acts on a database, never on a server.
protocol OperatorCommand: ContextCommand {}
