internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms db timezone [<zone>]`
struct DatabaseTimezone: OperatorCommand, WritingCommand {
    static let name = "timezone"
    static let summary = "Show or change the school's time zone, in which dates begin."
    static let details = """
        A release date begins at midnight there. It is UTC unless you say otherwise. Dates stay as they are written, and mean what \
        the zone says when they are read. What your machine knows of the zone is kept in the database: when the clocks of your \
        country get other rules, update the machine and say the zone again. An offset to the west stands behind two dashes: \
        lms db timezone -- -03:00
        """
    static let examples = ["lms db timezone Asia/Jakarta"]
    static var syntax: Syntax<Self> {
        [.optional("zone", \.zone, "As the IANA names it, such as Asia/Jakarta; an offset, such as +07:00; or UTC.")]
    }

    var zone: String?
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let service = try context.operator
        guard let zone else {
            return try context.printer.record(await service.operate(ShowSchoolZone()))
        }
        let change: SetSchoolZone
        if zone == Zone.utc.name || Zone(offset: zone) != nil {
            change = SetSchoolZone(offset: zone)
        } else {
            change = SetSchoolZone(name: zone, file: try ZoneFiles(context.invocation.environment).read(zone))
        }
        try context.printer.written(await service.operate(change))
    }
}
