internal import ArgumentParser

/// `lms course`
struct CourseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "course", abstract: "Create, find, join and leave courses.",
        discussion: """
            Example:
              lms course list --all
            """,
        subcommands: [
            CourseCreate.self, CourseList.self, CourseShow.self, CourseEdit.self, CourseDelete.self,
            CourseJoin.self, CourseLeave.self,
        ])
}
