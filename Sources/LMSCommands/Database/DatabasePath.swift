internal import ArgumentParser

/// `lms db path`
struct DatabasePath: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "path", _superCommandName: "lms db",
        abstract: "Print the path of the database file.",
        discussion: """
            Example:
              ls -l "$(lms db path)"
            """)

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        try context.printer.record(ShownLocation(name: context.target.locationBesidesServer.name))
    }
}
