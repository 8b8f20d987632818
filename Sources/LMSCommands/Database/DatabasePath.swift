internal import LMSCommandLine

/// `lms db path`
struct DatabasePath: OperatorCommand {
    static let name = "path"
    static let summary = "Print the path of the database file."
    static let examples = [#"ls -l "$(lms db path)""#]
    static var syntax: Syntax<Self> {
        []
    }

    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        try context.printer.record(ShownLocation(name: context.target.locationBesidesServer.name))
    }
}
