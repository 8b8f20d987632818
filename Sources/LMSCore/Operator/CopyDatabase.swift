package import LMSDatabase

/// Copies everything into another database, which must have nobody in it yet; of another engine as well. All of it, or
/// nothing.
package struct CopyDatabase: OperatorUseCase {
    private let target: any Database
    private let report: @Sendable (BulkProgress) -> Void

    /// - Parameter report: Is told how far the copy is.
    package init(
        to target: any Database, report: @escaping @Sendable (BulkProgress) -> Void = { _ in }
    ) {
        self.target = target
        self.report = report
    }

    /// - Returns: What the copy holds.
    /// - Throws: `LMSError` `conflict` where somebody is in the other database.
    package func perform(on service: LocalService) async throws -> Written<RowCounts> {
        let spool = SharedSpool(try RowSpool())
        let source = try await service.database.read { try Self.spool($0, into: spool) }
        let isDryRun = service.isDryRun
        return try await target.write(.durable(service.ending, rows: .bulk)) { connection in
            try Self.requireEmpty(connection)
            try Self.fill(connection, from: spool) { report(.copying(done: $0, of: source.rows)) }
            try Self.goOn(source.sequences, on: connection)
            try Self.requireEqual(connection, spool) { report(.comparing(done: $0, of: source.rows)) }
            let counts = try RowCounts(connection)
            var entries = 0
            for index in SearchIndex.all {
                try index.fill(on: connection) { count in
                    entries += count
                    report(.indexing(done: entries, of: counts.courses + counts.materials))
                }
            }
            return Written(record: counts, outcome: .created, isDryRun: isDryRun)
        }
    }

    /// What was read from the source.
    private struct Source: Sendable {
        var rows = 0
        var sequences: [(table: String, last: Int64)] = []
    }

    private static func spool(
        _ connection: any Connection, into shared: SharedSpool
    ) throws -> Source {
        var source = Source()
        for table in CopiedTable.all {
            try connection.forEach(table.rows) {
                try shared.spool.append($0)
                source.rows += 1
                return true
            }
            try shared.spool.endTable()
        }
        source.sequences = try CopiedTable.all.filter(\.hasSequence).compactMap { table in
            let row = try connection.row(connection.dialect.sequence.last(table.name))
            let last: Int64? = try row?["id"]
            return last.map { (table.name, $0) }
        }
        return source
    }

    private static func requireEmpty(_ connection: any Connection) throws {
        let user: Int? = try connection.value("SELECT 1 FROM users LIMIT 1")
        let audit: Int? = try connection.value("SELECT 1 FROM audit LIMIT 1")
        guard user == nil, audit == nil else {
            throw LMSError(
                .conflict, "the other database has data already", hint: "Copy into one that is empty.")
        }
        try connection.execute("DELETE FROM setting")
        try connection.execute("DELETE FROM school_zone")
    }

    private static func fill(
        _ connection: any Connection, from shared: SharedSpool, report: (Int) -> Void
    ) throws {
        shared.spool.rewind()
        var (done, size) = (0, 0)
        for table in CopiedTable.all {
            let writer = try table.writer(on: connection)
            while let values = try shared.spool.next() {
                for (index, value) in values.enumerated() { writer.bind(value, at: index + 1) }
                try writer.write()
                done += 1
                size += values.reduce(64) { $0 + $1.byteCount }
                guard size > 64 << 10 else { continue }
                report(done)
                size = 0
            }
            try writer.flush()
        }
    }

    private static func goOn(_ sequences: [(table: String, last: Int64)], on connection: any Connection)
        throws
    {
        for (table, last) in sequences {
            for statement in connection.dialect.sequence.goOn(table, last) {
                _ = try connection.rows(statement)
            }
        }
    }

    /// Reads all rows back, and compares them with what was read from the other side.
    private static func requireEqual(
        _ connection: any Connection, _ shared: SharedSpool, report: (Int) -> Void
    ) throws {
        shared.spool.rewind()
        var done = 0
        for table in CopiedTable.all {
            try connection.forEach(table.rows) { row in
                guard let values = try shared.spool.next(), row.hasExactly(values) else {
                    throw DatabaseError(.internal, "a row of \(table.name) is not what was copied")
                }
                done += 1
                if done.isMultiple(of: 1000) { report(done) }
                return true
            }
            guard try shared.spool.next() == nil else {
                throw DatabaseError(.internal, "a row of \(table.name) is missing")
            }
        }
    }
}

/// `@unchecked`: the two transactions use it one after the other.
private final class SharedSpool: @unchecked Sendable {
    let spool: RowSpool

    init(_ spool: RowSpool) { self.spool = spool }
}
