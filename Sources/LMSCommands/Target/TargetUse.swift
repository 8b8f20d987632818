internal import ArgumentParser
internal import LMSCore

/// `lms target use <target>`
struct TargetUse: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", _superCommandName: "lms target",
        abstract: "Make a database the one that commands act on.",
        discussion: """
            Example:
              lms target use school.db
            """)

    @Argument(help: "The database file.")
    var target: String

    @OptionGroup
    var options: GlobalOptions

    static var changesData: Bool { true }

    func run(in context: CommandContext) async throws {
        let path = try Target.realPath(target)
        _ = try Target(path: path, origin: .flag).open()
        let file = try context.sessionFile
        try file.update(at: context.invocation.clock()) { $0.current = path }
        try context.printer.record(
            KnownTarget(target: path, username: try file.read().sessions[path]?.username, isCurrent: true))
    }
}
