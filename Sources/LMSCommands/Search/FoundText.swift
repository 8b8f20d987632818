internal import LMSCore

/// What a search found, and where in its snippet the words begin.
struct FoundText: Printable {
    let hit: SearchHit
    /// In Unicode scalars from the snippet's beginning.
    let matchStart: Int

    static let columns: [Column<FoundText>] = SearchHit.columns.map { column in
        guard column.name == "snippet" else { return column.within(\.hit) }
        return Column(column.name, column.room) { found in
            found.hit.snippet.map { .excerpt($0, around: found.matchStart) } ?? .null
        }
    }

    var identity: String? { hit.identity }
}
