internal import Synchronization

/// A value that is made when it is first needed, and kept.
final class Once<Value: Sendable>: Sendable {
    private let stored = Mutex<Value?>(nil)

    /// What was made, if it was needed.
    var made: Value? { stored.withLock { $0 } }

    func value(_ make: () throws -> sending Value) throws -> Value {
        try stored.withLock { stored in
            if let stored { return stored }
            let value = try make()
            stored = value
            return value
        }
    }
}
