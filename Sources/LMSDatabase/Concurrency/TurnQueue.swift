internal import Dispatch
internal import Synchronization

/// Gives out something limited, one turn after the other: threads, memory, connections.
package protocol TurnRule: Sendable {
    /// Who asks, and for how much.
    associatedtype Want: Sendable
    /// What a turn brings: one of the things that are given out, or nothing where they are only counted.
    associatedtype Turn: Sendable = Void

    /// Gives a turn to somebody who has just come.
    ///
    /// - Returns: `nil` where too little is left.
    mutating func turn(for want: Want) -> Turn?

    /// Gives a turn to one of those who wait.
    ///
    /// - Parameter waiting: In the order in which they came.
    /// - Returns: The turn, and the index in `waiting` of who has it; `nil` where too little is left for any of them.
    mutating func nextTurn(of waiting: some RandomAccessCollection<Want>) -> (index: Int, turn: Turn)?
}

extension TurnRule {
    /// The turn of the first for whom enough is left.
    package mutating func nextTurn(
        of waiting: some RandomAccessCollection<Want>
    ) -> (index: Int, turn: Turn)? {
        for (index, want) in waiting.enumerated() {
            if let turn = turn(for: want) { return (index, turn) }
        }
        return nil
    }
}

/// Where tasks wait for their turn.
package final class TurnQueue<Rule: TurnRule>: Sendable {
    private struct Waiter {
        let number: Int
        let want: Rule.Want
        let continuation: CheckedContinuation<Rule.Turn?, Never>
    }

    private struct State {
        var rule: Rule
        var waiters: [Waiter] = []
    }

    private let state: Mutex<State>
    private let numbers = Atomic<Int>(0)
    private let patience: Duration?

    /// - Parameter patience: How long a task waits; `nil` for as long as it takes.
    package init(_ rule: Rule, patience: Duration?) {
        state = Mutex(State(rule: rule))
        self.patience = patience
    }

    /// How many wait now.
    package var waiting: Int { state.withLock { $0.waiters.count } }

    package func look<T: Sendable>(_ body: (Rule) -> T) -> T { state.withLock { body($0.rule) } }

    /// - Returns: `nil` where there is no turn without waiting.
    package func turnAtOnce(for want: Rule.Want) -> Rule.Turn? { state.withLock { $0.rule.turn(for: want) } }

    /// Waits for a turn, whether or not the task is cancelled meanwhile.
    ///
    /// - Returns: `nil` where there was none in time.
    package func turn(for want: Rule.Want) async -> Rule.Turn? {
        if let turn = turnAtOnce(for: want) { return turn }
        let number = nextNumber
        return await withCheckedContinuation { wait(for: want, as: number, $0) }
    }

    /// Waits for a turn, but no longer than the task is wanted.
    ///
    /// - Returns: `nil` where there was none in time.
    /// - Throws: `CancellationError`.
    package func turnUnlessCancelled(for want: Rule.Want) async throws -> Rule.Turn? {
        if let turn = turnAtOnce(for: want) { return turn }
        let number = nextNumber
        let turn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                wait(for: want, as: number, continuation)
                // A task that was cancelled before it stood in the queue was not found there.
                if Task.isCancelled { giveUp(number) }
            }
        } onCancel: {
            giveUp(number)
        }
        if turn == nil { try Task.checkCancellation() }
        return turn
    }

    /// Changes what there is to give out, and gives turns to those who can have one now.
    package func update(_ change: (inout Rule) -> Void) {
        let served = state.withLock { state in
            change(&state.rule)
            var served: [(CheckedContinuation<Rule.Turn?, Never>, Rule.Turn)] = []
            while let next = state.rule.nextTurn(of: state.waiters.lazy.map(\.want)) {
                served.append((state.waiters.remove(at: next.index).continuation, next.turn))
            }
            return served
        }
        for (continuation, turn) in served { continuation.resume(returning: turn) }
    }

    private var nextNumber: Int { numbers.wrappingAdd(1, ordering: .relaxed).newValue }

    /// Puts a task at the end of the queue, unless it can have its turn now.
    private func wait(
        for want: Rule.Want, as number: Int, _ continuation: CheckedContinuation<Rule.Turn?, Never>
    ) {
        let turn = state.withLock { state in
            let turn = state.rule.turn(for: want)
            if turn == nil {
                state.waiters.append(Waiter(number: number, want: want, continuation: continuation))
            }
            return turn
        }
        if let turn { return continuation.resume(returning: turn) }
        guard let patience else { return }
        turnTimers.asyncAfter(deadline: .now() + patience / .seconds(1)) { self.giveUp(number) }
    }

    private func giveUp(_ number: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(returning: nil)
    }
}

private let turnTimers = DispatchQueue(label: "lms.turns")
