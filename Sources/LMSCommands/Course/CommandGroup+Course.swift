internal import LMSCommandLine

/// `lms course`
extension CommandGroup {
    static let course = CommandGroup(
        "course", "Create, find, join and leave courses.", examples: ["lms course list --all"],
        [
            CourseCreate.self, CourseList.self, CourseShow.self, CourseEdit.self, CourseDelete.self, CourseJoin.self,
            CourseLeave.self, CourseTransfer.self, CourseKey.self,
            CourseCopy.self, CourseArchive.self, CourseUnarchive.self,
        ])
}
