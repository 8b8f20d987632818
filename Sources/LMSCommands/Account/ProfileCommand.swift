internal import LMSCommandLine
internal import LMSCore

/// `lms profile [--name <name>] [--data]`
struct ProfileCommand: ServiceCommand, WritingCommand {
    static let name = "profile"
    static let summary = "Show your name and number, or change your name."
    static let details = """
        Your teachers see your name on their rosters. A teacher's name is shown to all with the course. An empty name, '', \
        removes it. Only your administrator can change a number, and a name that the administrator gave.
        """
    static let examples = [#"lms profile --name "Siti Aminah""#, "lms profile --data"]
    static var syntax: Syntax<Self> {
        [
            .option("--name", \.fullName, takes: .text, "Your full name."),
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
