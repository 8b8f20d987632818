internal import Glibc
internal import LMSCore
package import LMSText

/// What one run of the program gets from outside. Nothing else reads the environment, the clock or the
/// standard streams.
package struct Invocation: Sendable {
    package let environment: Environment
    package let streams: Streams
    package let clock: Clock
    /// Whether the process ends with the command: its connection is then left to the kernel, which is
    /// faster than closing it, and as safe as a crash.
    ///
    /// Closing it takes a twentieth of a short command's time, and with `SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE` it would not
    /// checkpoint either.
    let endsTheProcess: Bool

    package init(
        environment: Environment, streams: Streams, clock: @escaping Clock, endsTheProcess: Bool = false
    ) {
        self.environment = environment
        self.streams = streams
        self.clock = clock
        self.endsTheProcess = endsTheProcess
    }

    /// The environment, streams and clock of the process.
    package static let live = Invocation(
        environment: .live, streams: .standard,
        clock: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        },
        endsTheProcess: true)

    @TaskLocal package static var current = Invocation.live
}
