internal import LMSDatabase

/// The rows whose search entries are not what they should be yet. Writing the entries of 60 MiB of texts takes ten
/// seconds, and no other write would get in between; so a large act only notes its rows, and the entries follow in
/// transactions of a fifth of a second.
struct SearchBacklog {
    let connection: any Connection

    /// How much text one transaction takes, in bytes.
    private static let portion = 1 << 20

    func add(_ id: some ValueConvertible, of index: SearchIndex) throws {
        try connection.execute(
            """
            INSERT INTO search_backlog (kind, id) VALUES (\(index.key), \(id)) ON CONFLICT DO NOTHING
            """)
    }

    /// Notes those rows of the index's table that a condition holds for.
    func add(where condition: SQL, of index: SearchIndex) throws {
        try connection.execute(
            """
            INSERT INTO search_backlog (kind, id)
            SELECT \(index.key), id FROM \(index.table) WHERE \(condition) ON CONFLICT DO NOTHING
            """)
    }

    /// Writes a portion of the entries.
    ///
    /// - Returns: Whether there are more.
    func workOff() throws -> Bool {
        var bytes = 0
        while bytes < Self.portion {
            let rows = try connection.rows("SELECT kind, id FROM search_backlog ORDER BY kind, id LIMIT 20")
            if rows.isEmpty { return false }
            for row in rows where bytes < Self.portion {
                let (kind, id): (String, Int64) = (try row["kind"], try row["id"])
                guard let index = SearchIndex.all.first(where: { $0.key == kind }) else {
                    throw DatabaseError(.corrupt, "no search index \(kind)")
                }
                // So that many tiny ones are bounded, too.
                bytes += try index.renew(id, on: connection) + 500
                try connection.execute("DELETE FROM search_backlog WHERE kind = \(kind) AND id = \(id)")
            }
        }
        return true
    }
}

/// When the search entries of rows are written.
enum SearchWriting {
    /// With the rows.
    case atOnce
    /// In the transactions that follow, where nobody has to wait for all of them.
    case later

    /// - Parameter texts: How much the act writes, in bytes.
    init(texts: Int) {
        self = texts > 1 << 20 ? .later : .atOnce
    }
}

extension LocalService {
    /// Writes the search entries that are missing, with pauses in which others write. Goes on where the caller has left
    /// meanwhile; what another program's end leaves undone, the next large act does.
    func workOffSearchBacklog() async {
        let database = database
        await Task {
            while (try? await database.write({ try SearchBacklog(connection: $0).workOff() })) == true {
                // Whoever waits in another process looks again every tenth of a second.
                try? await Task.sleep(for: .milliseconds(110))
            }
        }.value
    }
}
