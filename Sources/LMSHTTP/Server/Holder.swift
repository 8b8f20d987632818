internal import LMSCore

/// On whose behalf something is held or done: somebody at an address, who has an account once it is known.
struct Holder: Sendable, Hashable {
    let address: String
    var account: UserID?

    /// What is counted. Who has many accounts is counted by the address, and who has many addresses by the
    /// account.
    enum Share: Sendable, Hashable {
        case address(String)
        case account(UserID)
    }

    var shares: [Share] {
        guard let account else { return [.address(address)] }
        return [.address(address), .account(account)]
    }
}
