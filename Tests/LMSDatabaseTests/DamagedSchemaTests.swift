import Foundation
import LMSTestSupport
import Testing

@testable import LMSDatabase

/// A file whose description of its tables is damaged.
@Suite struct DamagedSchemaTests {
    @Test func `it is refused as it is opened, by commands and by servers`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.path("trial.db")
            do {
                let database = try folder.makeDatabase()
                try await database.run("INSERT INTO parent (name) VALUES ('a')")
            }
            _ = try SQLiteDatabase.open(path: path, schema: .trial).transaction("BEGIN", ending: "COMMIT") { _ in }
            // What the log holds goes into the file, so that the file alone is what is damaged.
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try file.seek(toOffset: 100)
            try file.write(contentsOf: [UInt8](repeating: 0xff, count: 8))
            try file.close()
            await expectFailure(.damaged) { _ = try SQLiteDatabase.open(path: path, schema: .trial) }
            await expectFailure(.damaged) { _ = try SQLitePool.open(path: path, schema: .trial, readers: 1) }
        }
    }
}
