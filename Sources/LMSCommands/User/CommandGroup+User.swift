internal import LMSCommandLine

/// `lms user`
extension CommandGroup {
    static let user = CommandGroup(
        "user", "Look after the accounts: for the database's operator.", examples: ["lms user list"],
        [
            UserList.self, UserEdit.self, UserSetPassword.self, UserSetRole.self, UserDisable.self, UserEnable.self,
            UserDelete.self, UserTransfer.self, UserData.self, UserWithdraw.self,
        ])
}
