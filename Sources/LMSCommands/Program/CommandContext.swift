internal import LMSCore

/// What a command works with.
struct CommandContext: Sendable {
    let invocation: Invocation
    let isDryRun: Bool
    let console: Console
    let printer: Printer
    let target: CommandTarget

    /// How many rows a command asks for at once.
    static let pageSize = 500

    init(_ command: some ContextCommand, _ invocation: Invocation) {
        let options = command.options
        let printing = command.printing
        self.invocation = invocation
        isDryRun = command.isDryRun
        console = Console(invocation, wantsColor: !printing.noColor)
        printer = Printer(console, options: printing, isDryRun: isDryRun)
        target = CommandTarget(
            invocation, options: options, console: console,
            createsDatabase: type(of: command).createsDatabase)
    }

    /// Where use cases are performed for somebody who need not be signed in.
    var openService: any LMSService {
        get throws { try target.service(token: nil, isDryRun: isDryRun) }
    }

    /// Where the operator's use cases are performed: on a database, never on a server.
    var `operator`: LocalService {
        get throws { try target.localService(isDryRun: isDryRun) }
    }

    /// An error whose advice to sign in names the target that the line names: without it, the advice would lead to another one.
    func directed(_ error: any Error) -> any Error {
        guard let error = error as? LMSError, error.code == .notSignedIn, let hint = error.hint,
            hint == LMSError.notSignedIn.hint, !target.lineOptions.isEmpty
        else { return error }
        return error.reworded(hint: hint + target.lineOptions)
    }
}
