internal import Dispatch
internal import LMSCore

/// Memory that many want a part of: the bodies of requests, the answers that nobody has read yet.
///
/// It is given out as it is needed, and nobody, no address and no account, gets more than twice of what is
/// then still free. So one alone has two thirds of it, twenty have 2 in 41 parts each, and whoever comes
/// next always finds room.
final class Allotment: Sendable {
    private struct Want: Sendable {
        let count: Int
        let holder: Holder
    }

    private struct Held: Admission {
        let capacity: Int
        var total = 0
        var shares: [Holder.Share: Int] = [:]

        mutating func admit(_ want: Want) -> Bool {
            if total == 0, want.count == 0 { return true }
            let free = capacity - total - want.count
            // Who holds nothing and wants nothing yet is kept waiting by nobody.
            guard free >= 0 || want.count == 0 else { return false }
            let isFair = want.holder.shares.allSatisfy { share in
                let held = shares[share] ?? 0
                return held == 0 || held + want.count <= 2 * free
            }
            if isFair { add(want.count, for: want.holder) }
            return isFair
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
    private let room: WaitingRoom<Held>

    /// - Parameter patience: How long one waits for room.
    init(capacity: Int, patience: DispatchTimeInterval) {
        self.capacity = capacity
        room = WaitingRoom(Held(capacity: capacity), patience: patience)
    }

    var inUse: Int { room.look(\.total) }
    var waiting: Int { room.waiting }

    /// Takes room for so many bytes, and waits for it where others, or oneself, have too much.
    ///
    /// - Throws: `LMSError` `busy`, or `CancellationError`.
    func take(_ count: Int, for holder: Holder) async throws {
        guard try await room.enter(Want(count: count, holder: holder)) else {
            throw LMSError(
                .busy, "much is being sent now", hint: "Try again in a moment.", retryAfter: 5,
                cause: "no room for \(count) bytes more")
        }
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
