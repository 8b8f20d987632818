extension LMSError {
    /// Work was ended because its client has left, or because it took longer than it may.
    static let cancelled = LMSError(
        .busy, "this took too long, and was ended: nothing was changed",
        hint: "Try again in a moment, or with less at a time.", retryAfter: 5)

    /// For loops that touch no database, which looks by itself.
    ///
    /// - Throws: `LMSError` `busy` where the task that does the work was cancelled.
    static func throwIfCancelled() throws {
        if Task.isCancelled { throw LMSError.cancelled }
    }
}
