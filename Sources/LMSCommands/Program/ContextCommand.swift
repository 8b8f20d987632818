internal import LMSCommandLine
internal import LMSCore

/// A command that acts on a target, and prints an answer.
///
/// Its entry is synchronous, and waits for the asynchronous work: an asynchronous `main` costs a static executable tens of
/// milliseconds at its end.
protocol ContextCommand: Command {
    var options: GlobalOptions { get set }
    /// The options for printing: its own, but where they are about something else.
    var printing: GlobalOptions { get }
    /// `--dry-run`, where it has that.
    static var dryRun: Syntax<Self> { get }
    /// The options that every command has.
    static var shared: Syntax<Self> { get }
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
    var printing: GlobalOptions { options }
    static var dryRun: Syntax<Self> { [] }
    static var shared: Syntax<Self> { .group(\.options).shared() }
    static var wholeSyntax: Syntax<Self> { [syntax, dryRun, shared] }

    func run() throws {
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
    var isDryRun: Bool { get set }
}

extension WritingCommand {
    static var changesData: Bool { true }
    static var dryRun: Syntax<Self> {
        .flag("-n", "--dry-run", at: \.isDryRun, "Do everything, print what would change, then take it back.")
    }
}

/// A command that only the operator has: it acts on a database, never on a server.
protocol OperatorCommand: ContextCommand {}

extension OperatorCommand {
    /// Options about a server are understood, so that the refusal can say why, and not shown.
    static var shared: Syntax<Self> {
        .group(\.options).shared().hiding("--server", "--ca-file", "--insecure-http")
    }
}
