internal import ArgumentParser
internal import LMSCore

/// `lms target use <target>`
struct TargetUse: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", _superCommandName: "lms target",
        abstract: "Make a database or a server the one that commands act on.",
        discussion: """
            Example:
              lms target use https://lms.school.id
            """)

    @Argument(help: "The database file, or a server's address.")
    var target: String

    @OptionGroup
    var options: GlobalOptions

    static var changesData: Bool { true }

    func run(in context: CommandContext) async throws {
        let target = try Target(named: target)
        if case .database(.file(let file)) = target { _ = try file.open() }
        let file = try context.sessionFile
        try file.update(at: context.invocation.clock()) { $0.current = target.key }
        try context.printer.record(
            KnownTarget(
                target: target.key, username: try file.read().sessions[target.key]?.username,
                isCurrent: true))
    }
}
