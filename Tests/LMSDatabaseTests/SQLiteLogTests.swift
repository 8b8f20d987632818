import Foundation
import LMSTestSupport
import Testing

@testable import LMSDatabase

/// The log of a SQLite file that short-lived processes write.
@Suite struct SQLiteLogTests {
    @Test func `it stays short where each process writes once`() async throws {
        try await withTemporaryFolder { folder in
            _ = try folder.makeDatabase()
            var longest = 0
            for number in 1...400 {
                let database = try SQLiteDatabase.open(path: folder.path("trial.db"), schema: .trial)
                try await database.run("INSERT INTO parent (name) VALUES (\("\(number)"))")
                longest = max(longest, try Self.length(of: folder.path("trial.db-wal")))
            }
            // A hundred pages, and one write.
            #expect(longest > 0 && longest < 600_000, "\(longest) bytes")
            let last = try SQLiteDatabase.open(path: folder.path("trial.db"), schema: .trial)
            #expect(try await last.names().count == 400)
        }
    }

    @Test func `nobody waits for a reader to shorten it, and it is shortened once the reader has gone`() async throws {
        try await withTemporaryFolder { folder in
            let reader = try folder.makeDatabase()
            let writer = try SQLiteDatabase.open(path: folder.path("trial.db"), schema: .trial, busyTimeout: 60)
            let start = ContinuousClock.now
            let write = { @Sendable (name: String) in
                try writer.writeNow(.durable(.commit, rows: .few), waiting: 60, unless: CancellationFlag()) {
                    _ = try $0.execute("INSERT INTO parent (name) VALUES (\(name))")
                }
            }
            try reader.readNow(unless: CancellationFlag()) { connection in
                let count: Int? = try connection.value("SELECT count(*) FROM parent")
                #expect(count == 0)
                for number in 1...300 { try write("\(number)") }
            }
            #expect(ContinuousClock.now - start < .seconds(50))
            let long = try Self.length(of: folder.path("trial.db-wal"))
            try write("the last")
            #expect(try Self.length(of: folder.path("trial.db-wal")) < long)
            #expect(try await reader.names().count == 301)
        }
    }

    private static func length(of path: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }
}
