internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms course key <course>`
struct CourseKey: ServiceCommand, WritingCommand {
    static let name = "key"
    static let summary = "Show or change the key with which students join a course of yours."
    static let details = """
        A course gets a key with: lms course edit COURSE --enrollment key. Who has it joins at once with: lms course join \
        --key KEY. What is not given stays. --rotate puts another key in the place of this one: with that, nobody has \
        joined yet, and it is not disabled.
        """
    static let examples = ["lms course key BIO-101", "lms course key BIO-101 --rotate --expires 7d --uses 40"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .flag("--rotate", at: \.rotates, "Make another key. This one opens nothing any more."),
            .option("--expires", \.expires, value: "time", "For how long it is good from now on: 7d, 12h. 0d: for good."),
            .option("--uses", \.uses, value: "count", "How many may join with it. 0: as many as like."),
            .flag("--disable", at: \.disables, "Let nobody join with it, until you make another one."),
        ]
    }

    var course = CourseReference("")
    var rotates = false
    var expires: Lifetime?
    var uses: Int?
    var disables = false
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        guard rotates || expires != nil || uses != nil || disables else {
            return try context.printer.record(await service.perform(ShowKey(course: course)))
        }
        try context.printer.written(
            await service.perform(
                ChangeKey(
                    course: course, rotate: rotates ? true : nil, expires: expires, useLimit: uses,
                    disable: disables ? true : nil)))
    }
}
