import Foundation
import Testing

extension Robustness {
    @Suite struct DamagedDatabase {}
}

extension Robustness.DamagedDatabase {
    @Test func `three hundred damages are survived and nothing is touched`() throws {
        let (scene, token) = try populated()
        let whole = try scene.bytes(of: scene.database)
        let tally = Tally()
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            for seed in stride(from: worker, to: 300, by: 4) {
                var random = SeededRandom(seed: UInt64(seed))
                let damaged = Self.damage(whole, &random)
                let words = Self.readers[seed % Self.readers.count]
                tally.add(seed, Result { try Self.run(words, on: damaged, scene, token, seed) })
            }
        }
        tally.check(refused: 30, served: 30)
    }

    @Test func `writing to a damaged database never crashes`() throws {
        let (scene, token) = try populated()
        let whole = try scene.bytes(of: scene.database)
        for seed in 1000..<1040 {
            var random = SeededRandom(seed: UInt64(seed))
            let path = scene.path("damaged-\(seed).db")
            try scene.write(Self.damage(whole, &random), to: path)
            let words = [
                ["course", "create", "New"], ["course", "delete", "3", "--yes"],
                ["material", "add", "1", "N", "--description", "x"], ["user", "disable", "ani"],
            ][seed % 4]
            let outcome = try scene.run(scene.launch(words, database: path, token: token))
            #expect(!outcome.timedOut)
            expectPlain(outcome)
        }
    }

    @Test func `a damaged log is survived`() throws {
        let (scene, token) = try populated()
        try #require(try scene.lms("course", "create", "In the log", token: token).status == 0)
        let whole = try scene.bytes(of: scene.database)
        let log = try scene.bytes(of: scene.database + "-wal")
        for seed in 2000..<2040 {
            var random = SeededRandom(seed: UInt64(seed))
            let path = scene.path("log-\(seed).db")
            try scene.write(whole, to: path)
            try scene.write(Self.damage(log, &random), to: path + "-wal")
            let outcome = try scene.run(
                scene.launch(["course", "list", "--all", "-q"], database: path, token: token))
            expectPlain(outcome)
            // Frames that fail their check are not there for SQLite: the state before them is.
            #expect(outcome.status != 0 || outcome.lines.count >= 40, "\(outcome)")
            #expect(try scene.bytes(of: path) == whole)
        }
    }

    // MARK: - Damage

    private static let readers = [
        ["course", "list", "--all"], ["db", "check"], ["course", "list", "--all", "--json"],
        ["material", "list", "1"], ["db", "stats"], ["token", "list"], ["course", "show", "5"],
        ["user", "list"], ["roster", "list", "1"], ["material", "show", "3"],
    ]

    /// A database of forty courses, in one file without a log.
    private func populated() throws -> (ProgramScene, String) {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.register("siti", role: "student")
        try scene.sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
            INSERT INTO course (title, teacher_id, description, release_date, code, enrollment)
                SELECT 'Course ' || i, 1, 'About ' || i, '2026-01-01', 'c' || i, 'open' FROM n;
            INSERT INTO material (course_id, description, title, position)
                SELECT 1, title || hex(zeroblob(300)), title, id FROM course;
            INSERT INTO enrollment (student_id, course_id, date_entry, status)
                SELECT 2, id, 1790000000, 'enrolled' FROM course;
            """)
        try scene.fold()
        return (scene, token)
    }

    private static func damage(_ whole: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = whole
        func place(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
        switch place(6) {
        case 0: bytes = Array(bytes.prefix(place(bytes.count)))
        case 1:
            for _ in 0..<(1 + place(4)) { bytes[place(100)] = UInt8(place(256)) }
        case 2:
            for _ in 0..<(1 + place(64)) { bytes[place(bytes.count)] = UInt8(place(256)) }
        case 3:
            let start = place(bytes.count)
            for index in start..<min(bytes.count, start + 4096) { bytes[index] = 0 }
        case 4:
            let start = place(bytes.count)
            for index in start..<min(bytes.count, start + 512) { bytes[index] = UInt8(place(256)) }
        default:
            // The head of a page, where its cells are listed.
            let start = place(bytes.count / 4096) * 4096
            for _ in 0..<8 { bytes[start + place(64)] = UInt8(place(256)) }
        }
        return bytes
    }

    private static func run(
        _ words: [String], on damaged: [UInt8], _ scene: ProgramScene, _ token: String, _ seed: Int
    ) throws -> (outcome: Outcome, isUntouched: Bool) {
        let path = scene.path("damaged-\(seed).db")
        try scene.write(damaged, to: path)
        var launch = scene.launch(words, database: path, token: token)
        launch.timeout = 20
        let outcome = try scene.run(launch)
        let isUntouched = try scene.bytes(of: path) == damaged
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
        return (outcome, isUntouched)
    }

    /// What came of many runs. Guarded by a lock.
    private final class Tally: @unchecked Sendable {
        private let lock = NSLock()
        private var results: [(seed: Int, result: Result<(outcome: Outcome, isUntouched: Bool), any Error>)] =
            []

        func add(_ seed: Int, _ result: Result<(outcome: Outcome, isUntouched: Bool), any Error>) {
            lock.withLock { results.append((seed, result)) }
        }

        /// - Parameters: How many must have been refused and served at least, or the damage was too weak
        ///   or too strong to tell.
        func check(refused: Int, served: Int) {
            var count = (refused: 0, served: 0)
            for (seed, result) in results.sorted(by: { $0.seed < $1.seed }) {
                guard case .success(let (outcome, isUntouched)) = result else {
                    Issue.record("seed \(seed): \(result)")
                    continue
                }
                if outcome.status == 0 { count.served += 1 } else { count.refused += 1 }
                #expect(isUntouched, "seed \(seed): the file was changed: \(outcome)")
                #expect(!outcome.timedOut, "seed \(seed)")
                let allowed: [Int32] = [0, 66, 74, 77, 78]
                #expect(outcome.status.map(allowed.contains) == true, "seed \(seed): \(outcome)")
                expectPlain(outcome)
            }
            #expect(count.refused >= refused && count.served >= served, "\(count)")
        }
    }
}
