internal import ArgumentParser
internal import LMSCore

/// A command that performs a use case and prints the answer.
///
/// Its entry is synchronous, and this is the one place that waits: an asynchronous `main` costs a static
/// executable tens of milliseconds at its end.
protocol ServiceCommand: ParsableCommand, Sendable {
    var options: GlobalOptions { get }
    /// Whether somebody must be signed in.
    static var needsSession: Bool { get }
    /// Whether a database that is missing is made.
    static var createsDatabase: Bool { get }
    /// Whether what it prints tells of a change that stands.
    static var changesData: Bool { get }
    /// Whether everything is taken back at the end.
    var isDryRun: Bool { get }

    /// Performs one use case and prints its answer.
    func run(in context: CommandContext) async throws
}

/// A command that changes data.
protocol WritingCommand: ServiceCommand {
    var writing: WriteOptions { get }
}

/// A command that only the operator has: it acts on a database, never on a server.
protocol OperatorCommand: ServiceCommand {}

extension ServiceCommand {
    static var needsSession: Bool { true }
    static var createsDatabase: Bool { false }
    static var changesData: Bool { false }
    var isDryRun: Bool { false }

    mutating func run() throws {
        let command = self
        let context = CommandContext(
            Invocation.current, options: options, isDryRun: isDryRun,
            needsSession: Self.needsSession, createsDatabase: Self.createsDatabase)
        try MainThreadExecutor.run {
            do {
                try await command.run(in: context)
                try context.printer.finish()
                await context.close()
            } catch {
                await context.close()
                context.printer.abandon()
                guard let failure = error as? OutputFailure, command.hasCommitted else {
                    throw context.directed(error)
                }
                throw failure.afterCommit
            }
        }
    }

    /// Whether a failure to print comes after a change that stands.
    private var hasCommitted: Bool { Self.changesData && !isDryRun }
}

extension WritingCommand {
    static var changesData: Bool { true }
    var isDryRun: Bool { writing.isDryRun }
}

extension OperatorCommand {
    static var needsSession: Bool { false }
}
