/// What the database has under the keys of a block of rows, which are asked about with one statement.
///
/// It knows nothing of what rows of the block write. So it does not answer for a key that several of them have: such a key is asked
/// about row by row.
final class BlockAnswers<Key: Hashable, Value> {
    /// The keys in their order.
    private(set) var keys: [Key] = []
    private var answers: [BlockAnswer<Value>] = []
    /// Where each key is among them.
    private var places: [Key: Int] = [:]
    /// Keys that several rows have: none of their answers counts.
    private var repeated: Set<Int> = []

    subscript(key: Key) -> BlockAnswer<Value> {
        guard let place = places[key], !repeated.contains(place) else { return .unknown }
        return answers[place]
    }

    /// Whether several rows of the block have the key.
    func isRepeated(_ key: Key) -> Bool {
        places[key].map { repeated.contains($0) } ?? false
    }

    /// How many of the keys are not in the database, as far as it answers.
    var absentCount: Int {
        answers.reduce(0) { if case .absent = $1 { $0 + 1 } else { $0 } }
    }

    /// Notes a row's key. Until something is noted of it, it is absent.
    func expect(_ key: Key) {
        if let place = places[key] {
            repeated.insert(place)
        } else {
            places[key] = keys.count
            keys.append(key)
            answers.append(.absent)
        }
    }

    /// - Parameter number: Of the key, from 1, as a table of values has it.
    func note(_ answer: BlockAnswer<Value>, of number: Int) {
        if answers.indices.contains(number - 1) { answers[number - 1] = answer }
    }

    func removeAll() {
        keys.removeAll(keepingCapacity: true)
        answers.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        repeated.removeAll(keepingCapacity: true)
    }
}

/// What is known of a key before a block's rows are written.
enum BlockAnswer<Value> {
    case absent
    case present(Value)
    /// The database must be asked.
    case unknown
}
