internal import LMSDatabase

/// The rows whose search entries are not what they should be yet. Writing the entries of 60 MiB of texts takes ten
/// seconds, and no other write would get in between; so a large act only notes its rows, and the entries follow in
/// transactions of a fifth of a second.
///
/// Rows that wait are in the table `search_backlog`: their old words are found a little longer, but what is deleted is not. A
/// command ends when all entries are written. A server answers at once, and one worker (`SearchWorker`) writes for all, going
/// round, so that whoever writes the same texts again and again keeps no others out. Where the program ends in between, the
/// next server, large act, apply or `lms db migrate` goes on.
struct SearchBacklog {
    let connection: any Connection

    /// How much text one transaction takes, in bytes.
    private static let portion = 1 << 20
    /// How long others may write between two portions. A process that waits for SQLite's lock looks again every tenth of a
    /// second.
    static let pause = Duration.milliseconds(110)

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

    /// What tells an entry from the others; they are worked off in the order of their keys.
    struct Key {
        fileprivate var kind = ""
        fileprivate var id: Int64 = 0
    }

    /// Writes a portion of the entries in a transaction of its own. Where none is missing, no write transaction begins.
    ///
    /// - Returns: The key of the last entry; `nil` where there are no more.
    static func workOff(on database: any Database, after key: Key) async throws -> Key? {
        let row: Int? = try await database.read {
            try $0.value("SELECT 1 AS one FROM search_backlog LIMIT 1")
        }
        guard row != nil else { return nil }
        return try await database.write { try SearchBacklog(connection: $0).workOff(after: key) }
    }

    /// Writes a portion of the entries: those behind a key, then from the beginning. Going on behind the last key gets to every
    /// entry, however often those before it become due anew meanwhile.
    ///
    /// - Returns: The key of the last entry; `nil` where there are no more.
    func workOff(after key: Key) throws -> Key? {
        var key = key
        var bytes = 0
        while bytes < Self.portion {
            let rows = try connection.rows(
                """
                SELECT kind, id FROM search_backlog WHERE (kind, id) > (\(key.kind), \(key.id))
                ORDER BY kind, id LIMIT 20
                """)
            if rows.isEmpty, key.kind.isEmpty { return nil }
            if rows.isEmpty { key = Key() }
            for row in rows where bytes < Self.portion {
                key = Key(kind: try row["kind"], id: try row["id"])
                guard let index = SearchIndex.all.first(where: { $0.key == key.kind }) else {
                    throw DatabaseError(.damaged, "no search index \(key.kind)")
                }
                // Each counts for some bytes more, which bounds the number of tiny ones.
                bytes += try index.renew(key.id, on: connection) + 500
                try connection.execute(
                    "DELETE FROM search_backlog WHERE kind = \(key.kind) AND id = \(key.id)")
            }
        }
        return key
    }
}

/// When the search entries of rows are written.
enum SearchWriting {
    /// With the rows.
    case atOnce
    /// In transactions of their own that follow, so that no other write waits for all of them.
    case later

    /// How much an act writes with its rows, in bytes. An act with more text, or one that deletes a course with more, leaves
    /// its entries to the transactions that follow.
    static let limit = 1 << 20

    /// - Parameter texts: How much the act writes, in bytes.
    init(texts: Int) {
        self = texts > Self.limit ? .later : .atOnce
    }
}

extension LocalService {
    /// Writes the search entries that are missing: a server's worker does it in its own time; a command does it at once, with
    /// pauses in which others write, and also where its caller has gone meanwhile. What a program leaves undone that ends
    /// before, the next large act does.
    func workOffSearchBacklog() async {
        if let searchWorker { return searchWorker.wake() }
        let database = database
        await Task {
            var key = SearchBacklog.Key()
            while let next = try? await SearchBacklog.workOff(on: database, after: key) {
                key = next
                try? await Task.sleep(for: SearchBacklog.pause)
            }
        }.value
    }
}
