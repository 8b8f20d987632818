/// One column of a record.
struct Column<Record>: Sendable {
    let name: String
    /// Whether it is left out of lists, but for JSON.
    let isExtra: Bool
    let room: ColumnRoom
    /// Whether tables have it: a number that another column says in words is for programs alone.
    let isInTables: Bool
    let cell: @Sendable (Record) -> Cell

    init(
        _ name: String, isExtra: Bool = false, inTables: Bool = true, _ room: ColumnRoom = .text,
        cell: @escaping @Sendable (Record) -> Cell
    ) {
        self.name = name
        self.isExtra = isExtra
        self.room = room
        isInTables = inTables
        self.cell = cell
    }

    /// The same column of something that holds the record.
    func within<Whole>(_ part: @escaping @Sendable (Whole) -> Record) -> Column<Whole> {
        let cell = cell
        return Column<Whole>(name, isExtra: isExtra, inTables: isInTables, room) { cell(part($0)) }
    }
}
