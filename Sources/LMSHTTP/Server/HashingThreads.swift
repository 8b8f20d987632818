internal import Dispatch
internal import LMSCore
internal import Synchronization

/// Hashes passwords on threads of their own, so many at once at most: a hash takes 64 MiB and a tenth of a
/// second of one core. The rest queue for a moment, then are told to come back.
///
/// A hash that has begun keeps its place until it ends, whether or not its client is still there.
final class HashingThreads: HashExecutor {
    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var free: Int
        var next = 0
        var waiters: [Waiter] = []
    }

    private let state: Mutex<State>
    private let patience: DispatchTimeInterval
    private let queue = DispatchQueue(label: "lms.hashing", qos: .utility, attributes: .concurrent)

    init(count: Int, patience: DispatchTimeInterval = .seconds(2)) {
        state = Mutex(State(free: count))
        self.patience = patience
    }

    func run(_ work: @escaping @Sendable () throws -> [UInt8]) async throws -> [UInt8] {
        guard await enter() else {
            throw LMSError(
                .busy, "many people are signing in now", hint: "Try again in a moment.", retryAfter: 5)
        }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                let result = Result { try work() }
                self.leave()
                continuation.resume(with: result)
            }
        }
    }

    /// - Returns: Whether there was a place in time.
    private func enter() async -> Bool {
        await withCheckedContinuation { continuation in
            let number = state.withLock { state -> Int? in
                guard state.free == 0 else {
                    state.free -= 1
                    return nil
                }
                state.next += 1
                state.waiters.append(Waiter(number: state.next, continuation: continuation))
                return state.next
            }
            guard let number else { return continuation.resume(returning: true) }
            queue.asyncAfter(deadline: .now() + patience) { self.giveUp(number) }
        }
    }

    private func giveUp(_ number: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(returning: false)
    }

    private func leave() {
        let waiter = state.withLock { state -> Waiter? in
            guard !state.waiters.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiters.removeFirst()
        }
        waiter?.continuation.resume(returning: true)
    }
}
