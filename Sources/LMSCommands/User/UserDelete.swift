internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms user delete <username>`
struct UserDelete: OperatorCommand, WritingCommand {
    static let name = "delete"
    static let summary = "Delete an account, or take it out of everything and delete it."
    static let details = """
        Without --everywhere, only an account that owns no course, teaches none and is in none. With it, the person is first \
        taken out of all courses; what the person owns must go to another teacher before. Name, number and username are \
        deleted, in the logs too, where the person is then called (deleted). Other people's texts stay as they are.
        """
    static let examples = ["lms user delete budi", "lms user delete siti --everywhere"]
    static var syntax: Syntax<Self> {
        [
            .argument("username", \.username, "Whose account."),
            .flag("--everywhere", at: \.everywhere, "Take the person out of all courses first."),
            .group(\.confirming),
        ]
    }

    var username = Username("")
    var everywhere = false
    var confirming = ConfirmOptions()
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        try context.requireConfirmation(confirming)
        let deleted = try await context.confirmed(confirming, unattended: .refused) { expected in
            let (name, courses) = (expected.record.user.username, expected.record.courses)
            return Question(
                courses == 0
                    ? "Delete the account '\(name)'?"
                    : "Delete the account '\(name)', and take it out of \(counted(courses, "course"))?")
        } _: { isDryRun in
            try await context.target.localService(isDryRun: isDryRun).operate(
                DeleteUser(username: username, everywhere: everywhere))
        }
        guard let deleted else { return }
        try context.printer.written(deleted)
        if everywhere { context.printer.remark("Taken out of \(counted(deleted.record.courses, "course")).") }
    }
}
