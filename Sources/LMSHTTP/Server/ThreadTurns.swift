internal import LMSCore
internal import LMSDatabase

/// Whose turn it is, of those who wait for a thread.
struct ThreadTurns: TurnRule {
    private var free: Int
    /// How much time each had since anybody had to wait.
    private var served: [Holder.Share: Duration] = [:]
    /// Addresses where a right password came from, and how many wrong ones came since.
    private var known: [String: Int] = [:]
    /// How many wrong passwords came from other addresses.
    private var guessers: [String: Int] = [:]

    /// The time that a turn is charged with at its beginning, before it is known how long it takes.
    private static let entrance = Duration.milliseconds(1)
    /// How many addresses are remembered.
    private static let memory = 4096

    init(free: Int) { self.free = free }

    mutating func turn(for holder: Holder) -> Void? {
        guard free > 0 else { return nil }
        free -= 1
        charge(Self.entrance, to: holder)
        return ()
    }

    /// Those first who were right before, then those who had the least time.
    mutating func nextTurn(of waiting: some RandomAccessCollection<Holder>) -> (index: Int, turn: Void)? {
        guard !waiting.isEmpty else {
            served = [:]
            return nil
        }
        guard free > 0 else { return nil }
        let best = waiting.enumerated().min { left, right in
            let (leftRank, rightRank) = (rank(left.element), rank(right.element))
            if leftRank != rightRank { return leftRank < rightRank }
            return time(of: left.element) < time(of: right.element)
        }
        guard let best, let turn: Void = turn(for: best.element) else { return nil }
        return (best.offset, turn)
    }

    mutating func leave(_ holder: Holder, after duration: Duration) {
        free += 1
        charge(duration, to: holder)
    }

    mutating func note(_ address: String, isRight: Bool) {
        if isRight {
            if known.count >= Self.memory { known = [:] }
            known[address] = 0
            guessers[address] = nil
        } else if let wrong = known[address] {
            known[address] = wrong + 1
        } else {
            if guessers.count >= Self.memory { guessers = [:] }
            guessers[address, default: 0] += 1
        }
    }

    private func rank(_ holder: Holder) -> Int {
        if let wrong = known[holder.address] { return wrong < LoginThrottle.freeFailures ? 0 : 2 }
        return guessers[holder.address, default: 0] < LoginThrottle.freeFailures ? 1 : 2
    }

    private func time(of holder: Holder) -> Duration {
        holder.shares.map { served[$0] ?? .zero }.max() ?? .zero
    }

    private mutating func charge(_ duration: Duration, to holder: Holder) {
        for share in holder.shares { served[share, default: .zero] += duration }
    }
}
