internal import LMSCommandLine

/// `lms token`
extension CommandGroup {
    static let token = CommandGroup(
        "token", "Long-lived sign-ins for scripts and CI.", examples: [#"lms token create --label "Nightly import""#],
        [TokenCreate.self, TokenList.self, TokenRevoke.self])
}
