import Foundation
import LMSDatabase
import LMSTestSupport
import Synchronization
import Testing

/// A SQLite file.
@Suite struct SQLiteFileTests {
    @Test func `every connection has the settings that durability and safety ask for`() async throws {
        try await withTemporaryFolder { folder in
            _ = try folder.makeDatabase()
            // A second connection: what only the first one set would not be there.
            let database = try SQLiteDatabase.open(path: folder.path("trial.db"), schema: .trial)
            try await database.read { connection in
                let journal: String? = try connection.value("PRAGMA journal_mode")
                #expect(journal == "wal")
                #expect(try connection.value("PRAGMA synchronous") == 2)
                #expect(try connection.value("PRAGMA foreign_keys") == 1)
                #expect(try connection.value("PRAGMA trusted_schema") == 0)
                #expect(try connection.value("PRAGMA busy_timeout") == 10_000)
                #expect(try connection.value("PRAGMA application_id") == Int(Schema.trial.applicationID))
            }
        }
    }

    @Test(arguments: [0o000, 0o022, 0o077] as [mode_t])
    func `only its owner can read it, under any umask`(mask: mode_t) async throws {
        try await withTemporaryFolder { folder in

            let database = try withMask(mask) { try folder.makeDatabase() }
            try await database.run("INSERT INTO parent (name) VALUES ('a')")
            let names = try folder.names
            #expect(names.contains("trial.db"))
            for name in names { #expect(try folder.mode(of: name) == 0o600, "\(name)") }
        }
    }

    private func withMask<T>(_ mask: mode_t, _ body: () throws -> T) rethrows -> T {
        let old = umask(mask)
        defer { umask(old) }
        return try body()
    }

    @Test func `creating leaves one file, and a second time changes nothing`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.path("trial.db")
            #expect(try SQLiteDatabase.create(path: path, schema: .trial))
            #expect(try folder.names == ["trial.db"])
            let before = try folder.bytes(of: "trial.db")
            #expect(try !SQLiteDatabase.create(path: path, schema: .trial))
            #expect(try folder.bytes(of: "trial.db") == before)
        }
    }

    @Test func `an empty file is not replaced: another process may be about to name its database there`() async throws {
        try await withTemporaryFolder { folder in
            try folder.write([], to: "trial.db")
            await expectFailure(.emptyFile) {
                _ = try SQLiteDatabase.create(path: folder.path("trial.db"), schema: .trial)
            }
            #expect(try folder.bytes(of: "trial.db") == [])
        }
    }

    /// The name appears between two looks at it, now and then.
    @Test func `a database that gets its name while it is looked for is one`() async throws {
        try await withTemporaryFolder { folder in
            let ready = folder.path("ready.db")
            #expect(try SQLiteDatabase.create(path: ready, schema: .trial))
            let turn = Atomic<Int>(-1)
            let rounds = 1000
            let namer = Thread {
                for number in 0..<rounds {
                    while turn.load(ordering: .acquiring) < number {}
                    link(ready, folder.path("\(number).db"))
                }
            }
            namer.start()
            defer { turn.store(rounds, ordering: .releasing) }
            for number in 0..<rounds {
                turn.store(number, ordering: .releasing)
                _ = try SQLiteDatabase.begin(path: folder.path("\(number).db"), schema: .trial)
            }
        }
    }

    @Test func `many tasks that create it at once make one database`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.path("trial.db")
            let made = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let isMaker = try SQLiteDatabase.create(path: path, schema: .trial)
                        let database = try SQLiteDatabase.open(path: path, schema: .trial)
                        try await database.run("INSERT INTO parent (name) VALUES (\("task \(number)"))")
                        return isMaker
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
            let database = try SQLiteDatabase.open(path: path, schema: .trial)
            #expect(try await database.names().count == 20)
            #expect(try database.damage() == [])
            #expect(try folder.names.filter { $0.contains("new-") } == [])
        }
    }

    @Test func `what others wrote is seen by the next connection`() async throws {
        try await withTemporaryFolder { folder in
            let one = try folder.makeDatabase()
            let other = try SQLiteDatabase.open(path: folder.path("trial.db"), schema: .trial)
            try await one.run("INSERT INTO parent (name) VALUES ('a')")
            try await other.run("INSERT INTO parent (name) VALUES ('b')")
            #expect(try await one.names() == ["a", "b"])
        }
    }
}

/// A file that is not ours.
@Suite struct RefusedFileTests {
    /// What may lie at a path, and how it is refused.
    enum Content: String, CaseIterable, CustomTestStringConvertible {
        case empty, png, shorterThanHeader, otherProgram, noApplication

        var testDescription: String { rawValue }

        var kind: DatabaseError.Kind { self == .empty ? .emptyFile : .foreignDatabase }

        func lay(_ name: String, in folder: TemporaryFolder) async throws {
            switch self {
            case .empty: try folder.write([], to: name)
            case .png:
                try folder.write([0x89, 0x50, 0x4e, 0x47] + Array(repeating: 7, count: 4000), to: name)
            case .shorterThanHeader: try folder.write(Array("SQLite format 3\0".utf8), to: name)
            case .otherProgram: try await layDatabase(name, in: folder, id: 77)
            case .noApplication: try await layDatabase(name, in: folder, id: 0)
            }
        }

        private func layDatabase(_ name: String, in folder: TemporaryFolder, id: Int32) async throws {
            let schema = Schema(applicationID: id, migrations: Schema.trial.migrations)
            try await folder.makeDatabase(name, schema: schema)
                .run("INSERT INTO parent (name) VALUES ('theirs')")
        }
    }

    @Test(arguments: Content.allCases)
    func `it is refused and not touched`(content: Content) async throws {
        try await withTemporaryFolder { folder in
            try await content.lay("x.db", in: folder)
            let path = folder.path("x.db")
            let names = try folder.names
            let bytes = try names.map { try folder.bytes(of: $0) }
            await expectFailure(content.kind) { try SQLiteDatabase.open(path: path, schema: .trial) }
            if content != .empty {
                await expectFailure(.foreignDatabase) {
                    try SQLiteDatabase.create(path: path, schema: .trial)
                }
            }
            #expect(try folder.names == names)
            #expect(try names.map { try folder.bytes(of: $0) } == bytes)
        }
    }

    @Test func `a missing file is missing, and no file is made`() async throws {
        try await withTemporaryFolder { folder in
            await expectFailure(.fileNotFound) {
                try SQLiteDatabase.open(path: folder.path("x.db"), schema: .trial)
            }
            await expectFailure(.fileNotFound) {
                try SQLiteDatabase.open(path: folder.path("no-folder/x.db"), schema: .trial)
            }
            let names = try folder.names
            #expect(names == [])
        }
    }

    @Test func `a folder or a named pipe is refused at once`() async throws {
        try await withTemporaryFolder { folder in
            try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
            try FileManager.default.createDirectory(
                atPath: folder.path("folder"), withIntermediateDirectories: false)
            for name in ["pipe", "folder"] {
                await expectFailure(.foreignDatabase) {
                    try SQLiteDatabase.open(path: folder.path(name), schema: .trial)
                }
            }
        }
    }

    @Test(arguments: 1...10)
    func `ten random damages never crash: an error, or what can still be read`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        try await withTemporaryFolder { folder in
            let whole = try folder.makeDatabase("whole.db")
            for number in 0..<200 {
                try await whole.run(
                    "INSERT INTO parent (name) VALUES (\("\(number) " + String(repeating: "x", count: 90)))")
            }
            #expect(try whole.backup(to: folder.path("trial.db")))
            var bytes = try folder.bytes(of: "trial.db")
            // The header on odd turns, the magic and the application id aside; any page on even ones.
            let range = seed % 2 == 1 ? 16..<68 : 100..<bytes.count
            for _ in 0..<(seed % 2 == 1 ? 3 : 60) {
                bytes[Int.random(in: range, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            try folder.write(bytes, to: "damaged.db")
            do {
                let database = try SQLiteDatabase.open(path: folder.path("damaged.db"), schema: .trial)
                _ = try? database.damage()
                _ = try await database.names()
            } catch {
                #expect(error is DatabaseError)
            }
            #expect(try folder.bytes(of: "damaged.db") == bytes)
        }
    }

    @Test func `damaged pages are told by their kind`() async throws {
        try await withTemporaryFolder { folder in
            let whole = try folder.makeDatabase("whole.db")
            for number in 0..<500 {
                try await whole.run("INSERT INTO parent (name) VALUES (\("row \(number)"))")
            }
            #expect(try whole.backup(to: folder.path("trial.db")))
            var bytes = try folder.bytes(of: "trial.db")
            for index in 4096..<bytes.count { bytes[index] = 0xff }
            try folder.write(bytes, to: "damaged.db")
            await expectFailure(.damaged) {
                try await SQLiteDatabase.open(path: folder.path("damaged.db"), schema: .trial).names()
            }
        }
    }
}

/// The same numbers for the same seed, so that a failure can be seen again. Source: SplitMix64,
/// https://prng.di.unimi.it/splitmix64.c
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
