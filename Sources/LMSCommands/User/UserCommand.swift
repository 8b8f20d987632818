internal import ArgumentParser

/// `lms user`
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Look after the accounts: for the database's operator.",
        discussion: """
            Example:
              lms user list
            """,
        subcommands: [
            UserList.self, UserSetPassword.self, UserSetRole.self, UserDisable.self, UserEnable.self,
            UserDelete.self, UserTransfer.self,
        ])
}
