internal import LMSCommandLine
internal import LMSCore

extension Syntax {
    /// The course that a command is about.
    static func course(_ path: WritableKeyPath<Values, CourseReference>) -> Syntax {
        .argument("course", path, "The course's id or code.")
    }
}
