internal import LMSCommandLine

/// `lms teacher`
extension CommandGroup {
    static let teacher = CommandGroup(
        "teacher", "See and change who teaches a course.", examples: ["lms teacher list BIO-101"],
        [TeacherList.self, TeacherAdd.self, TeacherRemove.self])
}
