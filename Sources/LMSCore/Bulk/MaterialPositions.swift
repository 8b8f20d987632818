internal import LMSDatabase
internal import LMSText

/// The positions that an import gives to materials. A material whose row has one gets it; the others of its course get those
/// that are left, in their order.
///
/// A row that comes in its course's order has its position at once. The others, which are few, are kept until the last row
/// was read.
struct MaterialPositions {
    private struct Move {
        let id: Int64
        let position: Located<Int64>
    }

    /// The materials whose rows have a position.
    private var given = IDSet()
    private var moves: [Int64: [Move]] = [:]
    /// The position of each that moves: of its first row, where it has several.
    private var goals: [Int64: Int64] = [:]

    /// - Parameter isThere: Whether the material has the position already.
    mutating func note(
        _ id: Int64, _ position: Int64, in course: Int64, isThere: Bool, _ reader: BulkReader
    ) {
        given.insert(id)
        guard !isThere else { return }
        if goals[id] == nil { goals[id] = position }
        moves[course, default: []].append(
            Move(id: id, position: reader.located(position, .position)))
    }

    /// The position that a material will have, where that is another one than it has now.
    func position(of id: Int64) -> Int64? {
        goals.isEmpty ? nil : goals[id]
    }

    /// Gives the materials of the courses their positions.
    func settle(_ attempt: ImportAttempt) throws {
        for (course, moves) in moves.sorted(by: { $0.key < $1.key }) {
            try settle(course, moves, attempt)
        }
    }

    private func settle(_ course: Int64, _ moves: [Move], _ attempt: ImportAttempt) throws {
        let rows = MaterialRows(connection: attempt.connection)
        let current = try rows.positions(in: CourseID(rawValue: course))
        let moving = Set(moves.map(\.id))
        // The material at each position, from 1.
        var order = [Int64?](repeating: nil, count: current.count)
        for (id, position) in current.map({ ($0.id.rawValue, $0.position) })
        where given.contains(id) && !moving.contains(id) && (1...max(1, order.count)).contains(position) {
            order[position - 1] = id
        }
        for move in moves {
            let position = move.position.value
            guard position <= Int64(order.count) else {
                attempt.problems.add(
                    "there would be no material before position \(position): the course has \(counted(order.count, "material"))",
                    at: move.position)
                continue
            }
            guard order[Int(position) - 1] == nil else {
                attempt.problems.add("another row has position \(position) too", at: move.position)
                continue
            }
            order[Int(position) - 1] = move.id
        }
        guard attempt.problems.isEmpty else { return }
        let settled = Set(order.compactMap { $0 })
        var others = current.map(\.id.rawValue).filter { !settled.contains($0) }[...]
        let before = Dictionary(current.map { ($0.id.rawValue, $0.position) }) { first, _ in first }
        for (index, id) in order.enumerated() {
            guard let id = id ?? others.popFirst(), before[id] != index + 1 else { continue }
            try rows.setPosition(index + 1, of: MaterialID(rawValue: id))
        }
    }
}
