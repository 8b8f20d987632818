internal import LMSText

/// For how long what was taken away can come back.
enum TrashRetention {
    static let standard = Lifetime.days(30)

    /// From nothing at all to ten years.
    static let limits = 0...Lifetime.days(3_650).seconds
}
