/// What becomes of a table's column where the terminal is too narrow for all of them.
struct ColumnRoom: Sendable {
    enum Form: Sendable {
        /// Never cut: dates, numbers, words of ours.
        case whole
        /// Cut beyond 30 signs, and on terminals of less than 60 columns: codes and usernames.
        case name
        /// Cut as far as necessary.
        case text
    }

    let form: Form
    /// How soon it is left out: the highest goes first, 0 never.
    let turn: Int

    static let text = ColumnRoom(form: .text, turn: 0)
    static let name = ColumnRoom(form: .name, turn: 0)
    static let whole = ColumnRoom(form: .whole, turn: 0)

    /// The same for a column that can be spared.
    func spared(_ turn: Int) -> ColumnRoom { ColumnRoom(form: form, turn: turn) }
}
