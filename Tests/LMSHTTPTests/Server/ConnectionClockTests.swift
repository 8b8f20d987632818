import NIOCore
import Testing

@testable import LMSHTTP

/// How long a connection may take.
@Suite struct ConnectionClockTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func seconds(_ count: Int64) -> NIODeadline { start + .seconds(count) }

    private func transfer() -> ConnectionClock.Transfer {
        ConnectionClock.Transfer(ConnectionLimits(), since: start)
    }

    private func clock(_ reading: ConnectionClock.Reading) -> ConnectionClock {
        var clock = ConnectionClock(limits: ConnectionLimits())
        clock.reading = reading
        return clock
    }

    @Test func `the slowest link that passes has 16 KiB a second, and may be 30 seconds behind`() {
        var transfer = transfer()
        for second in 1...4000 {
            transfer.passed(Int64(second) * 16 << 10, seconds(Int64(second)))
            #expect(!transfer.isBehind(seconds(Int64(second) + 1)))
            #expect(!transfer.isOver(seconds(Int64(second) + 29)))
        }
        #expect(transfer.isOver(seconds(4031)))
    }

    @Test func `who stops is stalled after two seconds and cut after thirty, however much has passed`() {
        var transfer = transfer()
        transfer.passed(63 << 20, seconds(1))
        #expect(!transfer.isBehind(seconds(2)) && transfer.isBehind(seconds(4)))
        #expect(!transfer.isOver(seconds(30)) && transfer.isOver(seconds(32)))
        let clock = clock(.body(transfer))
        #expect(clock.phase(seconds(2)) == .working && clock.phase(seconds(4)) == .stalled)
        #expect(!clock.isOverdue(seconds(30)) && clock.isOverdue(seconds(32)))
    }

    @Test func `who is slower than the slowest has the seconds that were given at first, and no more`() {
        var transfer = transfer()
        var second: Int64 = 0
        while !transfer.isOver(seconds(second)), second < 1000 {
            second += 1
            transfer.passed(second * 8 << 10, seconds(second))
        }
        #expect(second == 60)
    }

    @Test func `an answer counts by what has left`() {
        var clock = clock(.waiting)
        clock.writing = .answer(transfer(), handedOver: 4 << 20)
        clock.look(seconds(20), unsent: 4 << 20)
        #expect(clock.isOverdue(seconds(30)) && clock.phase(seconds(3)) == .stalled)
        clock.look(seconds(20), unsent: 0)
        #expect(!clock.isOverdue(seconds(49)) && clock.phase(seconds(21)) == .working)
        #expect(clock.isOverdue(seconds(50)))
    }

    @Test func `a body that is read for its length alone makes room for others`() {
        var clock = clock(.body(transfer()))
        #expect(clock.phase(start) == .working)
        clock.discards = true
        #expect(clock.phase(start) == .stalled)
    }
}
