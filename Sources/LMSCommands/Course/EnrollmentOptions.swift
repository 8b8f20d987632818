internal import LMSCommandLine
internal import LMSCore

/// How students get into a course, in both spellings of the word.
struct EnrollmentOptions: ArgumentGroup {
    static var syntax: Syntax<Self> {
        [
            .option("--enrollment", \.enrollment, "How students get in: open, approval, closed or key."),
            .option("--enrolment", \.enrolment, "").hiding("--enrolment"),
        ]
    }

    var enrollment: EnrollmentPolicy?
    var enrolment: EnrollmentPolicy?

    func check() throws(LineMistake) {
        guard enrollment == nil || enrolment == nil else {
            throw .refused("give --enrollment only once")
        }
    }

    var policy: EnrollmentPolicy? { enrollment ?? enrolment }

    /// Tells where the key is that was asked for.
    func remark(on code: CourseCode, in context: CommandContext) {
        if policy == .key { context.printer.remark("See its key with: lms course key \(code)") }
    }
}
