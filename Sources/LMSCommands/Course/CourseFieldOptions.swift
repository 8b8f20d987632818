internal import ArgumentParser
internal import LMSCore

/// The fields of a course that are given as options.
struct CourseFieldOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: "The course's code: letters, digits and . _ -")
    var code: CourseCode?

    @OptionGroup
    var text: DescriptionOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The day (UTC) from which students get the materials.",
            valueName: "YYYY-MM-DD"))
    var releaseDate: String?

    @OptionGroup
    var entry: EnrollmentOptions

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
