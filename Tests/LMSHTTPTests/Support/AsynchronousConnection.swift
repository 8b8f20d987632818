import Foundation
import LMSTestSupport

/// The server of these tests answers on the threads that everybody shares, so nobody may wait there for it.
extension RawConnection {
    /// Sends bytes; stops in silence where the server has closed.
    func send(_ bytes: [UInt8]) async {
        await offCallersThread { try? self.send(bytes, timeout: 60) }
    }

    func send(_ text: String) async { await send(Array(text.utf8)) }

    /// The next answer.
    ///
    /// - Parameter toHead: Whether it has no body, whatever its headers say.
    func receive(toHead: Bool = false) async throws -> RawAnswer {
        try await offCallersThread { Result { try self.receive(toHead: toHead, timeout: 60) } }.get()
    }

    /// Everything until the server closes; `nil` where it does not.
    func receiveToEnd() async -> [UInt8]? {
        await offCallersThread { self.receiveToEnd(timeout: 60) }
    }
}

private func offCallersThread<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: body()) }
    }
}
