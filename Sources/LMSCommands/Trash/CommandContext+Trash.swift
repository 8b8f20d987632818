internal import LMSCore

extension CommandContext {
    /// Tells how something comes back that was just taken away.
    func sayHowToRestore(_ entry: TrashID?) {
        guard let entry else { return }
        printer.advise("To bring it back: lms trash restore \(entry)")
    }
}
