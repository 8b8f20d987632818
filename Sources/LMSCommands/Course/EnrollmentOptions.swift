internal import ArgumentParser
internal import LMSCore

/// How students get into a course, in both spellings of the word.
struct EnrollmentOptions: ParsableArguments {
    @Option(help: "How students get in: open, approval or closed.")
    var enrollment: EnrollmentPolicy?

    @Option(help: .hidden)
    var enrolment: EnrollmentPolicy?

    func validate() throws {
        guard enrollment == nil || enrolment == nil else {
            throw ValidationError("give --enrollment only once")
        }
    }

    var policy: EnrollmentPolicy? { enrollment ?? enrolment }
}
