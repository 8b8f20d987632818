/// The sessions of a session file, each by its target.
///
/// There are few. A list, because a first dictionary makes the runtime look through all conformances of the program, which
/// takes longer than reading the file.
struct StoredSessions: Sendable {
    private(set) var all: [(target: String, session: SessionFile.StoredSession)] = []

    subscript(target: String) -> SessionFile.StoredSession? {
        get { all.first { $0.target == target }?.session }
        set {
            all.removeAll { $0.target == target }
            if let newValue { all.append((target, newValue)) }
        }
    }

    mutating func forget(where isOver: (SessionFile.StoredSession) -> Bool) {
        all.removeAll { isOver($0.session) }
    }
}
