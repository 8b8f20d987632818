/// Which ids of a table were given out, so that none is given out twice.
package struct IdentitySequence: Sendable {
    /// A query for the last id that a table gave out, as the column `id`: no row, or null, where it gave out none.
    package let last: @Sendable (_ table: String) -> SQL
    /// Statements that make a table's ids go on behind one that is later than all that it has.
    package let goOn: @Sendable (_ table: String, _ id: Int64) -> [SQL]

    static let sqlite = IdentitySequence(
        last: { table in "SELECT seq AS id FROM sqlite_sequence WHERE name = \(table)" },
        goOn: { table, id in
            [
                "DELETE FROM sqlite_sequence WHERE name = \(table)",
                "INSERT INTO sqlite_sequence (name, seq) VALUES (\(table), \(id))",
            ]
        })

    #if PostgreSQL
        static let postgreSQL = IdentitySequence(
            last: { table in
                """
                SELECT last_value AS id FROM pg_sequences
                WHERE schemaname = current_schema() AND sequencename = \(table) || '_id_seq'
                """
            },
            goOn: { table, id in ["SELECT setval(pg_get_serial_sequence(\(table), 'id'), \(id))"] })
    #endif
}
