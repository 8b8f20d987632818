internal import LMSCore
internal import LMSDatabase

/// Memory that many requests share: for their bodies, and for answers that are not read yet.
///
/// It is given out as it is needed, and nobody, no address and no account, gets more than twice of what is then still free
/// beside a reserve. The reserve is for everybody's small things: a 64th of it for each. A fixed share would be too small for
/// one holder or too large for twenty.
final class Allotment: Sendable {
    private struct Want: Sendable {
        let count: Int
        let holder: Holder
    }

    private struct Held: TurnRule {
        let capacity: Int
        let reserve: Int
        var total = 0
        var shares: [Holder.Share: Int] = [:]

        mutating func turn(for want: Want) -> Void? {
            if total == 0, want.count == 0 { return () }
            let free = capacity - total - want.count
            // A holder of nothing that takes nothing yet never waits.
            guard free >= 0 || want.count == 0 else { return nil }
            let (beyond, small) = (free - reserve, reserve / 64)
            let isFair = want.holder.shares.allSatisfy { share in
                let held = shares[share] ?? 0
                return (held == 0 && beyond >= 0) || held + want.count <= max(2 * beyond, small)
            }
            guard isFair else { return nil }
            add(want.count, for: want.holder)
            return ()
        }

        mutating func add(_ count: Int, for holder: Holder) {
            guard count != 0 else { return }
            total += count
            for share in holder.shares {
                let held = (shares[share] ?? 0) + count
                shares[share] = held == 0 ? nil : held
            }
        }
    }

    /// In bytes.
    let capacity: Int
    private let room: TurnQueue<Held>

    /// - Parameters:
    ///   - reserve: How much of it is for small things, in bytes.
    ///   - patience: How long one waits for room.
    init(capacity: Int, reserve: Int = 0, patience: Duration) {
        self.capacity = capacity
        room = TurnQueue(Held(capacity: capacity, reserve: reserve), patience: patience)
    }

    var inUse: Int { room.look(\.total) }
    var waiting: Int { room.waiting }

    /// Takes room for so many bytes, and waits for it where others, or oneself, have too much.
    ///
    /// - Throws: `LMSError` `busy`, or `CancellationError`.
    func take(_ count: Int, for holder: Holder) async throws {
        guard try await room.turnUnlessCancelled(for: Want(count: count, holder: holder)) != nil else {
            throw LMSError(
                .busy, "much is being sent now", hint: "Try again in a moment.", retryAfter: 5,
                causes: ["no room for \(count) bytes more"])
        }
    }

    /// The same where nobody waits.
    ///
    /// - Returns: Whether there was room.
    func takeAtOnce(_ count: Int, for holder: Holder) -> Bool {
        room.turnAtOnce(for: Want(count: count, holder: holder)) != nil
    }

    /// Counts bytes that are there already.
    func takeAnyway(_ count: Int, for holder: Holder) {
        room.update { $0.add(count, for: holder) }
    }

    func giveBack(_ count: Int, for holder: Holder) {
        guard count > 0 else { return }
        room.update { $0.add(-count, for: holder) }
    }
}
