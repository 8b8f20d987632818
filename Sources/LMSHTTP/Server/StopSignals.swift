internal import Dispatch
internal import Glibc

/// SIGTERM and SIGINT, as they come: they stop a server, and not the process at once.
struct StopSignals: ~Copyable {
    /// An element for each; ends with the task that reads it.
    let stream: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (stream, signals) = AsyncStream.makeStream(of: Void.self)
        self.stream = stream
        sources = [SIGTERM, SIGINT].map { signal in
            // On Linux, the source holds the signal back from the process.
            let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
            source.setEventHandler { signals.yield() }
            source.resume()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
