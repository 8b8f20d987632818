internal import LMSDatabase

/// The places that an import gives to materials. A material with a position stands there; the others of its course
/// fill the places that are left, in their order.
///
/// A row that comes in its course's order is at its place at once. The others, which are few, are kept until the
/// last row was read.
struct MaterialPlaces {
    private struct Move {
        let id: Int64
        let position: Int64
        let problem: FileProblem
    }

    /// The materials whose rows have a position.
    private var given = IDSet()
    private var moves: [Int64: [Move]] = [:]
    /// The place of each that moves: of its first row, where it has several.
    private var goals: [Int64: Int64] = [:]

    /// - Parameter isThere: Whether the material stands at its place already.
    mutating func note(
        _ id: Int64, _ position: Int64, in course: Int64, isThere: Bool, _ reader: BulkReader
    ) {
        given.insert(id)
        guard !isThere else { return }
        if goals[id] == nil { goals[id] = position }
        moves[course, default: []].append(
            Move(id: id, position: position, problem: reader.problem(.position, "")))
    }

    /// The place that a material will have, where that is another one than it has now.
    func place(of id: Int64) -> Int64? {
        goals.isEmpty ? nil : goals[id]
    }

    /// Brings the materials of the courses to their places.
    func settle(_ attempt: ImportAttempt) throws {
        for (course, moves) in moves.sorted(by: { $0.key < $1.key }) {
            try settle(course, moves, attempt)
        }
    }

    private func settle(_ course: Int64, _ moves: [Move], _ attempt: ImportAttempt) throws {
        let rows = MaterialRows(connection: attempt.connection)
        let current = try rows.places(in: CourseID(rawValue: course))
        let moving = Set(moves.map(\.id))
        var places = [Int64?](repeating: nil, count: current.count)
        for (id, position) in current
        where given.contains(id) && !moving.contains(id) && (1...max(1, places.count)).contains(position) {
            places[position - 1] = id
        }
        for move in moves {
            guard move.position <= Int64(places.count) else {
                attempt.note(
                    move.problem,
                    "there would be no material before position \(move.position): "
                        + "the course has \(counted(places.count, "material"))")
                continue
            }
            guard places[Int(move.position) - 1] == nil else {
                attempt.note(move.problem, "another row has position \(move.position) too")
                continue
            }
            places[Int(move.position) - 1] = move.id
        }
        guard attempt.problems.isEmpty else { return }
        let placed = Set(places.compactMap { $0 })
        var others = current.map(\.id).filter { !placed.contains($0) }[...]
        let before = Dictionary(current.map { ($0.id, $0.position) }) { first, _ in first }
        for (index, id) in places.enumerated() {
            guard let id = id ?? others.popFirst(), before[id] != index + 1 else { continue }
            try rows.place(MaterialID(rawValue: id), at: index + 1)
        }
    }
}

extension ImportAttempt {
    fileprivate func note(_ place: FileProblem, _ message: String) {
        problems.add(
            FileProblem(file: place.file, line: place.line, column: place.column, message: message))
    }
}
