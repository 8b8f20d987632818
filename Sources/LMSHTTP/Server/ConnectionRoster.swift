internal import LMSText
internal import Synchronization

/// All connections, and which of them goes when there are too many.
///
/// An address that has more than the newcomer's goes first: of the one with most, the connection that has been
/// idle longest; then one that has sent no whole request; then one whose client neither sends nor reads. Where
/// no address has more, an idle one goes, but not for a newcomer whose address has far more: that one goes
/// itself, as does one whose address has most of all there may be. So nobody's connections keep all others out.
/// A request that the server works on, or whose client keeps up, is never cut.
final class ConnectionRoster: Sendable {
    /// What a connection does, in the order in which it must go.
    enum Phase: Int, Sendable {
        case idle
        case headers
        case stalled
        case working
    }

    /// What is to become of a connection.
    enum Order: Sendable {
        /// It goes, unless a request has come meanwhile.
        case makeRoom
        /// It goes with the answer that it is at.
        case stop
        /// It goes at once.
        case cut
    }

    /// One connection.
    final class Entry: Sendable {
        fileprivate struct State {
            /// As it counts: of a trusted proxy's connection, the client's whose request it brought last.
            var address: String
            var phase = Phase.idle
            var since = ContinuousClock.now
            /// Whether it was asked to go.
            var isLeaving = false
        }

        fileprivate let state: Mutex<State>
        fileprivate let obey: @Sendable (Order) -> Void

        /// - Parameter obey: Does, or has done soon, what is ordered.
        init(address: String, obey: @escaping @Sendable (Order) -> Void) {
            state = Mutex(State(address: address))
            self.obey = obey
        }

        func become(_ phase: Phase) {
            state.withLock { state in
                guard state.phase != phase else { return }
                state.phase = phase
                state.since = .now
            }
        }

        func belongs(to address: String) {
            state.withLock { $0.address = address }
        }
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        /// How many were asked to go, and are not gone.
        var leaving = 0
        var newcomer: Entry?
        var isStopping = false
        /// How many tasks have not ended whose connections have.
        var orphans = 0
        /// Waits until there is neither a connection nor such a task.
        var whenEmpty: CheckedContinuation<Void, Never>?
    }

    let limit: Int
    private let state = Mutex(State())
    /// More than there may be, who have not been asked to go.
    private let surplus = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    var count: Int { state.withLock { $0.entries.count } }

    func join(_ entry: Entry) {
        let isStopping = state.withLock { state in
            state.entries[ObjectIdentifier(entry)] = entry
            state.newcomer = entry
            note(state)
            return state.isStopping
        }
        if isStopping { entry.obey(.stop) } else { makeRoom() }
    }

    /// - Parameter tasks: How many tasks work on for the connection, and will end soon.
    func leave(_ entry: Entry, tasks: Int = 0) {
        state.withLock { state in
            guard state.entries.removeValue(forKey: ObjectIdentifier(entry)) != nil else { return }
            if state.newcomer === entry { state.newcomer = nil }
            if entry.state.withLock({ $0.isLeaving }) { state.leaving -= 1 }
            note(state)
            state.orphans += tasks
            tellWhetherEmpty(&state)
        }
    }

    /// Notes that a task has ended whose connection left before.
    func orphanEnded() {
        state.withLock { state in
            state.orphans -= 1
            tellWhetherEmpty(&state)
        }
    }

    private func tellWhetherEmpty(_ state: inout State) {
        guard state.entries.isEmpty, state.orphans == 0 else { return }
        state.whenEmpty?.resume()
        state.whenEmpty = nil
    }

    // MARK: The end of all

    /// Has each connection end with the answer that it is at, those too that still join. Returns when all have gone, and the tasks
    /// that answered them have ended: they run on the event loops.
    func stop() async {
        let entries = state.withLock { state in
            state.isStopping = true
            return Array(state.entries.values)
        }
        for entry in entries { entry.obey(.stop) }
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.whenEmpty = continuation
                tellWhetherEmpty(&state)
            }
        }
    }

    /// Ends all connections at once.
    func cut() {
        for entry in state.withLock({ Array($0.entries.values) }) { entry.obey(.cut) }
    }

    /// Asks one to go where there are too many. It costs nothing where there are not.
    func makeRoom() {
        guard surplus.load(ordering: .relaxed) > 0 else { return }
        let entry = state.withLock { state -> Entry? in
            guard state.entries.count - state.leaving > limit, let entry = Self.dispensable(state, of: limit)
            else {
                return nil
            }
            entry.state.withLock { $0.isLeaving = true }
            state.leaving += 1
            note(state)
            return entry
        }
        entry?.obey(.makeRoom)
    }

    /// Takes back that one was asked to go.
    func keep(_ entry: Entry) {
        state.withLock { state in
            guard state.entries[ObjectIdentifier(entry)] != nil else { return }
            let wasLeaving = entry.state.withLock { entry in
                defer { entry.isLeaving = false }
                return entry.isLeaving
            }
            if wasLeaving { state.leaving -= 1 }
            note(state)
        }
    }

    private func note(_ state: State) {
        surplus.store(state.entries.count - state.leaving - limit, ordering: .relaxed)
    }

    private static func dispensable(_ state: State, of limit: Int) -> Entry? {
        let newcomer = state.newcomer
        let all = state.entries.values.map { entry in (entry, entry.state.withLock { $0 }) }
        var counts: [String: Int] = [:]
        for (_, state) in all where !state.isLeaving { counts[state.address, default: 0] += 1 }
        let arrived = newcomer.map { $0.state.withLock { $0 } }
        let newcomers = arrived.map { counts[$0.address] ?? 0 } ?? 0
        let candidates = all.compactMap { entry, state -> Candidate? in
            let count = counts[state.address] ?? 0
            let mayGo =
                switch state.phase {
                case _ where state.isLeaving || entry === newcomer: false
                case .idle: true
                case .headers: count >= newcomers
                case .stalled: count > newcomers || state.address == arrived?.address
                case .working: false
                }
            guard mayGo else { return nil }
            return Candidate(
                entry: entry, hasMore: count > newcomers, count: count, phase: state.phase, since: state.since
            )
        }
        let first = candidates.min { $0.goes(before: $1) }
        let hasTooMuch = first.map { $0.count * farMore <= newcomers } ?? (newcomers * 4 > limit * 3)
        guard hasTooMuch else { return first?.entry }
        return arrived?.phase == .idle && arrived?.isLeaving == false ? newcomer : nil
    }

    private static let farMore = 4

    private struct Candidate {
        let entry: Entry
        /// Whether its address has more than the newcomer's.
        let hasMore: Bool
        let count: Int
        let phase: Phase
        let since: ContinuousClock.Instant

        func goes(before other: Self) -> Bool {
            if hasMore != other.hasMore { return hasMore }
            if (phase == .stalled) != (other.phase == .stalled) { return other.phase == .stalled }
            if count != other.count { return count > other.count }
            if phase != other.phase { return phase.rawValue < other.phase.rawValue }
            return since < other.since
        }
    }
}
