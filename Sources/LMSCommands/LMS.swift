internal import ArgumentParser

/// `lms`
struct LMS: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lms",
        abstract: "Courses, materials and students, on the command line.",
        discussion: """
            Teachers create courses and add materials; students join and read; scripts set up whole courses. \
            Everything lives in one file, so there is nothing to install besides lms.

            Begin with:
              lms register ani --role teacher --login
              lms course create "Biology"
            """,
        version: version,
        groupedSubcommands: [
            CommandGroup(
                name: "Account",
                subcommands: [
                    Register.self, Login.self, Logout.self, Whoami.self, Passwd.self, TokenCommand.self,
                ]),
            CommandGroup(
                name: "Courses",
                subcommands: [
                    CourseCommand.self, MaterialCommand.self, RosterCommand.self, Search.self, Log.self,
                ]),
            CommandGroup(
                name: "Course as code", subcommands: [Apply.self, Diff.self, Export.self]),
            CommandGroup(
                name: "Set-up",
                subcommands: [
                    TargetCommand.self, Serve.self, DatabaseCommand.self, UserCommand.self, Completion.self,
                ]),
        ])

    static let version = "lms 0.1.0"
}
