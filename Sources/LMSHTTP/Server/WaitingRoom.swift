internal import Dispatch
internal import Synchronization

/// Decides who comes in, of those who want some of what there is not enough of.
protocol Admission: Sendable {
    associatedtype Want: Sendable

    /// Lets somebody in where there is room.
    ///
    /// - Returns: Whether there was.
    mutating func admit(_ want: Want) -> Bool

    /// Lets one of those in who wait, where there is room for one.
    ///
    /// - Parameter waiting: In the order in which they came.
    /// - Returns: Where that one stood.
    mutating func admitOne(of waiting: some RandomAccessCollection<Want>) -> Int?
}

extension Admission {
    /// The first for whom there is room.
    mutating func admitOne(of waiting: some RandomAccessCollection<Want>) -> Int? {
        for (place, want) in waiting.enumerated() where admit(want) { return place }
        return nil
    }
}

/// Where tasks wait for their turn: for so long at most, and no longer than they live.
final class WaitingRoom<State: Admission>: Sendable {
    private struct Waiter {
        let number: Int
        let want: State.Want
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct Inside {
        var state: State
        var waiters: [Waiter] = []
    }

    private let inside: Mutex<Inside>
    private let patience: DispatchTimeInterval
    private let numbers = Atomic<Int>(0)

    init(_ state: State, patience: DispatchTimeInterval) {
        inside = Mutex(Inside(state: state))
        self.patience = patience
    }

    /// How many wait.
    var waiting: Int { inside.withLock { $0.waiters.count } }

    func look<T: Sendable>(_ body: (State) -> T) -> T { inside.withLock { body($0.state) } }

    /// - Returns: Whether there was room.
    func enterAtOnce(_ want: State.Want) -> Bool { inside.withLock { $0.state.admit(want) } }

    /// - Returns: Whether there was room in time.
    /// - Throws: `CancellationError`.
    func enter(_ want: State.Want) async throws -> Bool {
        if enterAtOnce(want) { return true }
        let number = numbers.wrappingAdd(1, ordering: .relaxed).newValue
        let isIn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isIn = inside.withLock { inside in
                    if inside.state.admit(want) { return true }
                    inside.waiters.append(
                        Waiter(number: number, want: want, continuation: continuation))
                    return false
                }
                if isIn { return continuation.resume(returning: true) }
                // Whoever was cancelled before he stood in the row was not found there.
                if Task.isCancelled { return giveUp(number) }
                timers.asyncAfter(deadline: .now() + patience) { self.giveUp(number) }
            }
        } onCancel: {
            giveUp(number)
        }
        if !isIn { try Task.checkCancellation() }
        return isIn
    }

    /// Changes what there is, and lets those in for whom there is room now.
    func update(_ change: (inout State) -> Void) {
        let admitted = inside.withLock { inside in
            change(&inside.state)
            var admitted: [CheckedContinuation<Bool, Never>] = []
            while let place = inside.state.admitOne(of: inside.waiters.lazy.map(\.want)) {
                admitted.append(inside.waiters.remove(at: place).continuation)
            }
            return admitted
        }
        for continuation in admitted { continuation.resume(returning: true) }
    }

    private func giveUp(_ number: Int) {
        let waiter = inside.withLock { inside -> Waiter? in
            guard let place = inside.waiters.firstIndex(where: { $0.number == number }) else { return nil }
            return inside.waiters.remove(at: place)
        }
        waiter?.continuation.resume(returning: false)
    }
}

private let timers = DispatchQueue(label: "lms.patience")
