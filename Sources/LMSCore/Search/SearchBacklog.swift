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
    /// Whoever waits in another process looks again every tenth of a second.
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

    /// A row that waits, in the order in which they are worked off.
    struct Place {
        fileprivate var kind = ""
        fileprivate var id: Int64 = 0
    }

    /// Writes a portion of the entries in a transaction of its own. Where none is missing, nobody waits for that.
    ///
    /// - Returns: The place where to go on; `nil` where there are no more.
    static func workOff(on database: any Database, after place: Place) async throws -> Place? {
        let row: Int? = try await database.read {
            try $0.value("SELECT 1 AS one FROM search_backlog LIMIT 1")
        }
        guard row != nil else { return nil }
        return try await database.write { try SearchBacklog(connection: $0).workOff(after: place) }
    }

    /// Writes a portion of the entries: those behind a place, then from the beginning. Who goes on from place to place gets to
    /// every row, however often those before it are written anew meanwhile.
    ///
    /// - Returns: The place where to go on; `nil` where there are no more.
    func workOff(after place: Place) throws -> Place? {
        var place = place
        var bytes = 0
        while bytes < Self.portion {
            let rows = try connection.rows(
                """
                SELECT kind, id FROM search_backlog WHERE (kind, id) > (\(place.kind), \(place.id))
                ORDER BY kind, id LIMIT 20
                """)
            if rows.isEmpty, place.kind.isEmpty { return nil }
            if rows.isEmpty { place = Place() }
            for row in rows where bytes < Self.portion {
                place = Place(kind: try row["kind"], id: try row["id"])
                guard let index = SearchIndex.all.first(where: { $0.key == place.kind }) else {
                    throw DatabaseError(.damaged, "no search index \(place.kind)")
                }
                // So that many tiny ones are bounded, too.
                bytes += try index.renew(place.id, on: connection) + 500
                try connection.execute(
                    "DELETE FROM search_backlog WHERE kind = \(place.kind) AND id = \(place.id)")
            }
        }
        return place
    }
}

/// When the search entries of rows are written.
enum SearchWriting {
    /// With the rows.
    case atOnce
    /// In the transactions that follow, where nobody has to wait for all of them.
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
    /// Has the search entries written that are missing: by the server's worker, in its own time; of a command, at once, with
    /// pauses in which others write. Goes on where the caller has left meanwhile; what another program's end leaves undone,
    /// the next large act does.
    func workOffSearchBacklog() async {
        if let searchWorker { return searchWorker.wake() }
        let database = database
        await Task {
            var place = SearchBacklog.Place()
            while let next = try? await SearchBacklog.workOff(on: database, after: place) {
                place = next
                try? await Task.sleep(for: SearchBacklog.pause)
            }
        }.value
    }
}
