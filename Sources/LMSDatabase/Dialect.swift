/// The few words that the engines spell differently. Everything else is the portable subset of
/// Docs/SQL.md.
package struct Dialect: Sendable {
    /// The column definition of a row's own id. Ids are never given out twice.
    package let identity: SQL
    /// A 64-bit integer: foreign ids, instants.
    package let integer: SQL
    /// Text that is compared and ordered by its bytes.
    package let text: SQL
    package let blob: SQL
    /// What follows the closing parenthesis of `CREATE TABLE`.
    package let tableOptions: SQL
    /// Whether an index has rows of equal keys in the order of their ids, so that a list by id needs no sorting.
    package let indexesEndWithID: Bool
    package let fullText: FullText
    package let sequence: IdentitySequence
    /// A table of values that are bound, and behind its columns the number of each row, from 1: so one statement asks about many rows.
    /// `nil` where a statement a row costs no more than that.
    package let valueTable: (@Sendable (_ columns: [ValueColumn]) -> SQL)?

    package static let sqlite = Dialect(
        identity: "INTEGER PRIMARY KEY AUTOINCREMENT",
        integer: "INTEGER",
        text: "TEXT",
        blob: "BLOB",
        tableOptions: " STRICT",
        indexesEndWithID: true,
        fullText: .sqlite,
        sequence: .sqlite,
        valueTable: nil)
}
