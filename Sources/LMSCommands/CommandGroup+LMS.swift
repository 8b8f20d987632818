internal import LMSCommandLine

extension CommandGroup {
    /// `lms`: every command there is.
    static let lms = CommandGroup(
        "lms", "Courses, materials and students, on the command line.",
        details: """
            Teachers create courses and add materials; students join and read; scripts set up whole courses. Everything lives \
            in one file, so there is nothing to install besides lms.
            """,
        examples: ["lms register ani --role teacher --login", #"lms course create "Biology""#],
        sections: [
            Section(
                "Account",
                [
                    .command(Register.self), .command(Login.self), .command(Logout.self), .command(Whoami.self),
                    .command(ProfileCommand.self), .command(Passwd.self), .group(.token),
                ]),
            Section(
                "Courses",
                [
                    .group(.course), .group(.material), .group(.roster), .group(.teacher), .command(Search.self),
                    .command(News.self), .command(Log.self), .group(.trash),
                ]),
            Section("Course as code", [.command(Apply.self), .command(Diff.self), .command(Export.self)]),
            Section(
                "Set-up",
                [
                    .group(.target), .command(Serve.self), .group(.database), .group(.user), .command(CompletionCommand.self),
                ]),
        ],
        hidden: [.command(Complete.self)])
}
