internal import LMSCommandLine
internal import LMSCore

/// How students get into a course, in both spellings of the word.
struct EnrollmentOptions: ArgumentGroup {
    static var syntax: Syntax<Self> {
        [
            .option("--enrollment", \.enrollment, "How students get in: open, approval or closed."),
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
}
