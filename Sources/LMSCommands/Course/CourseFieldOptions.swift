internal import LMSCommandLine
internal import LMSCore

/// The fields of a course that are given as options.
struct CourseFieldOptions: ArgumentGroup {
    static var syntax: Syntax<Self> {
        [
            .option("--code", \.code, takes: .text, "The course's code: letters, digits and . _ -"),
            .group(\.text),
            .option(
                "--release-date", \.releaseDate, takes: .text, value: "YYYY-MM-DD",
                "The day from which students get the materials, in the school's time zone."),
            .group(\.entry),
        ]
    }

    var code: CourseCode?
    var text = DescriptionOptions()
    var releaseDate: String?
    var entry = EnrollmentOptions()

    var isAnythingGiven: Bool {
        code != nil || text.isGiven || releaseDate != nil || entry.policy != nil
    }

    /// - Parameter title: Given apart, because it is an argument of some commands and an option of others.
    func fields(title: String?, description: String?) -> CourseFields {
        CourseFields(
            title: title, code: code, description: description, releaseDate: releaseDate,
            enrollment: entry.policy)
    }
}
