internal import LMSText

extension Lifetime {
    /// - Parameter session: What a user calls it.
    /// - Throws: `LMSError` `invalid` where a session may not last so long.
    func checkedForSession(_ session: String = "a session") throws -> Lifetime {
        guard seconds > 0, seconds <= Lifetime.days(365).seconds else {
            throw LMSError(.invalid, "\(session) lasts at least a minute and at most 365 days")
        }
        return self
    }
}
