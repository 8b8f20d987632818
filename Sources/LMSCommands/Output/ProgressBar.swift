internal import LMSCore
internal import LMSText
internal import Synchronization

/// Shows how far an import or a copy is, in the last line of a terminal, once it has taken a second.
final class ProgressBar: Sendable {
    private struct State {
        var next: ContinuousClock.Instant
        /// How many columns of it are on the line.
        var shown = 0
    }

    private static let width = 30
    private let console: Console
    private let state: Mutex<State>?

    init(_ console: Console) {
        self.console = console
        state = console.errorIsTerminal ? Mutex(State(next: .now + .seconds(1))) : nil
    }

    func show(_ progress: BulkProgress) {
        state?.withLock { state in
            let now = ContinuousClock.now
            guard now >= state.next else { return }
            state.next = now + .milliseconds(100)
            let text = Self.text(progress)
            console.write(Self.overwriting(state.shown, with: text))
            state.shown = text.count
        }
    }

    /// Clears the line.
    func finish() {
        state?.withLock { state in
            if state.shown > 0 { console.write(Self.overwriting(state.shown, with: "") + "\r") }
            state.shown = 0
        }
    }

    /// Writes a text over the last one, which took `shown` columns, so that nothing of it stays.
    static func overwriting(_ shown: Int, with text: String) -> String {
        "\r" + text + String(repeating: " ", count: max(0, shown - text.count))
    }

    static func text(_ progress: BulkProgress) -> String {
        switch progress {
        case .reading(let done, let all):
            "Reading the files  \(bar(done, all)) \(percent(done, all))%"
        case .hashing(let done, let all):
            "Hashing passwords  \(bar(done, all)) \(done) of \(all)"
        case .copying(let done, let all):
            "Copying the rows  \(bar(done, all)) \(percent(done, all))%"
        case .comparing(let done, let all):
            "Comparing the rows  \(bar(done, all)) \(percent(done, all))%"
        case .indexing(let done, let all):
            "Preparing the search  \(bar(done, all)) \(percent(done, all))%"
        }
    }

    private static func percent(_ done: Int, _ all: Int) -> Int {
        all > 0 ? min(100, 100 * done / all) : 100
    }

    private static func bar(_ done: Int, _ all: Int) -> String {
        let filled = width * percent(done, all) / 100
        return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
            + "]"
    }
}
