internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms token create --label <label>`
struct TokenCreate: ServiceCommand, WritingCommand {
    static let name = "create"
    static let summary = "Make a token, and show its secret this once."
    static let details = """
        Give the secret to a script in the variable LMS_TOKEN. With --quiet, the secret is all that is printed. Whoever has \
        the token can do what you can. So make one that can do less: with --read-only it changes nothing; with --course it \
        sees and changes only these courses, and cannot create, join or delete any.
        """
    static let examples = [
        #"lms token create --label "Nightly import" --lifetime 90d"#, #"lms token create --label "CI" -q > token"#,
        #"lms token create --label "Grades" --read-only --course BIO-101"#,
    ]
    static var syntax: Syntax<Self> {
        [
            .required("--label", \.label, takes: .text, "What the token is for."),
            .option("--lifetime", \.lifetime, "How long it lasts: 90d, 12h. At most 365d."),
            .flag("--read-only", at: \.readOnly, "It only reads, and changes nothing."),
            .options("--course", \.courses, "It is for this course only. For several courses, say it several times."),
        ]
    }

    var label = ""
    var lifetime: Lifetime?
    var readOnly = false
    var courses: [CourseReference] = []
    var isDryRun = false
    var options = GlobalOptions()

    func check() throws(LineMistake) {
        guard let several = courses.first(where: { "\($0)".contains(",") }) else { return }
        throw .refused("'\(several)' is not one course: say --course for each")
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try context.printer.written(
            await service.perform(
                CreateToken(
                    label: label, lifetime: lifetime, isReadOnly: readOnly ? true : nil,
                    courses: courses.isEmpty ? nil : courses)))
        context.printer.notice("The token is shown only now: keep it in a safe place.")
    }
}
