import LMSCommandLine
import LMSCore
import LMSText

/// `lms course copy <course>`
struct CourseCopy: ServiceCommand, WritingCommand {
    static let name = "copy"
    static let summary = "Make a new course of one that you teach, as for the next year."
    static let details = """
        The new course is yours. It has all texts in their order, with their sections; drafts stay drafts. It has no students, \
        no other teachers and no log, and a key of its own where students join with a key.

        With --release-date, all dates move by as many days as the course's release date does; with --shift-days, by so many. \
        Otherwise they stay as they are.
        """
    static let examples = [
        "lms course copy BIO-101 --code BIO-102 --release-date 2027-07-12",
        "lms course copy BIO-101 --code BIO-102 --shift-days 364",
    ]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .required("--code", \.code, takes: .text, value: "code", "The code of the new course."),
            .option("--title", \.title, takes: .text, "Its title, where that is another one."),
            .option(
                "--release-date", \.releaseDate, takes: .text, value: "YYYY-MM-DD",
                "Its release date. All other dates move with it."),
            .option("--shift-days", \.shiftDays, value: "days", "By how many days all dates move: 364 is 52 weeks."),
        ]
    }

    var course = CourseReference("")
    var code = CourseCode("")
    var title: String?
    var releaseDate: String?
    var shiftDays: Int?
    var isDryRun = false
    var options = GlobalOptions()

    func check() throws(LineMistake) {
        guard releaseDate == nil || shiftDays == nil else {
            throw .refused("give --release-date or --shift-days, not both: each says by how much the dates move")
        }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let copied = try await service.perform(
            CopyCourse(course: course, code: code, title: title, releaseDate: releaseDate, shiftDays: shiftDays))
        try context.printer.written(copied)
        let days = copied.record.shiftDays
        context.printer.remark(
            "\(counted(copied.record.materials, "material")) copied; \(days == 0 ? "dates stay as they are" : "dates moved by \(counted(days, "day"))")."
        )
    }
}
