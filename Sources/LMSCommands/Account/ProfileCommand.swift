internal import LMSCommandLine
internal import LMSCore

/// `lms profile [--name <name>] [--data]`
struct ProfileCommand: ServiceCommand, WritingCommand {
    static let name = "profile"
    static let summary = "Show your name and number, or change your name."
    static let details = """
        The name is what your teachers see on their rosters, and students at your courses; an empty one takes it away. A name \
        that your administrator gave, and a number, only your administrator changes. --data prints all that is held of you.
        """
    static let examples = [#"lms profile --name "Siti Aminah""#, "lms profile --data"]
    static var syntax: Syntax<Self> {
        [
            .option("--name", \.fullName, takes: .text, "What you are called."),
            .flag("--data", at: \.data, "Print all that is held of you, as JSON."),
        ]
    }

    var fullName: PersonName?
    var data = false
    var isDryRun = false
    var options = GlobalOptions()

    func checkLine(in context: CommandContext) throws {
        guard fullName == nil || !data else {
            throw LMSError(.usage, "either --name or --data, not both", hint: "See: lms help profile")
        }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        if data {
            try context.printer.json(await service.perform(ShowPersonalData()))
        } else if let fullName {
            try context.printer.written(await service.perform(EditProfile(name: fullName)))
        } else {
            try context.printer.record(await service.perform(ShowProfile()))
        }
    }
}
