import Foundation
import Testing

extension Robustness {
    @Suite struct Backup {}
}

/// Ids that writers were told, and what went wrong. Guarded by a lock.
private final class Told: @unchecked Sendable {
    private let lock = NSLock()
    private var ids: [Int] = []
    private var unexpected: [String] = []
    private var isOver = false

    var known: [Int] { lock.withLock { ids } }
    var failures: [String] { lock.withLock { unexpected } }
    var isStopped: Bool { lock.withLock { isOver } }

    func add(_ id: Int?, _ outcome: Outcome) {
        lock.withLock { if let id { ids.append(id) } else { unexpected.append("\(outcome)") } }
    }

    func fail(_ outcome: Outcome) { lock.withLock { unexpected.append("\(outcome)") } }
    func stop() { lock.withLock { isOver = true } }
}

extension Robustness.Backup {
    /// Keeps `count` writers and a reader at work while `body` runs.
    ///
    /// - Parameter accepted: The statuses besides 0 that are no failure.
    private func underLoad(
        _ scene: ProgramScene, _ token: String, accepting accepted: [Int32] = [],
        _ body: (Told) throws -> Void
    ) throws -> Told {
        let told = Told()
        let group = DispatchGroup()
        for worker in 0..<3 {
            DispatchQueue.global().async(group: group) {
                while !told.isStopped {
                    let words =
                        worker == 2 ? ["course", "list", "--all", "-q"] : ["course", "create", "C", "-q"]
                    guard
                        let outcome = try? scene.run(
                            scene.launch(words, database: scene.database, token: token))
                    else { break }
                    let isAccepted = outcome.status.map(accepted.contains) == true
                    if outcome.status == 0, worker == 2 { continue }
                    if !isAccepted { told.add(outcome.status == 0 ? Int(outcome.word) : nil, outcome) }
                }
            }
        }
        defer {
            told.stop()
            group.wait()
        }
        try body(told)
        return told
    }

    @Test func `a backup under load is whole`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let told = try underLoad(scene, token) { told in
            for number in 0..<5 {
                usleep(300_000)
                let before = told.known
                let path = scene.path("backup-\(number).db")
                let outcome = try scene.lms("db", "backup", path)
                #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
                try scene.expectWhole(path)
                let kept = Set(
                    try scene.sql("SELECT id FROM course", in: path).split(separator: "\n").compactMap {
                        Int($0)
                    })
                #expect(kept.isSuperset(of: before))
                #expect(scene.mode(of: path) == 0o600)
            }
        }
        #expect(told.failures.isEmpty, "\(told.failures.prefix(2))")
        #expect(told.known.count > 10, "too few writes to tell")
        expectRefused(try scene.lms("db", "backup", scene.path("backup-0.db")), 73)
        let leftovers = scene.names(in: scene.folder).filter { $0.contains(".new-") }
        #expect(leftovers == [])
    }

    @Test func `a restore under load keeps ids and ends sessions`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "First", token: token)
        let backup = scene.path("backup.db")
        #expect(try scene.lms("db", "backup", backup).status == 0)
        // Whoever was signed in is not any more.
        let told = try underLoad(scene, token, accepting: [78]) { told in
            while told.known.count < 8 { usleep(20_000) }
            let outcome = try scene.lms("db", "restore", backup, "--yes")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(try scene.sql("SELECT count(*) FROM login_session") == "0")
            #expect(try scene.sql("SELECT count(*) FROM throttle") == "0")
            usleep(300_000)
        }
        #expect(told.failures.isEmpty, "\(told.failures.prefix(2))")
        expectRefused(try scene.lms("whoami", token: token), 78)
        try scene.expectWhole()
        #expect(try scene.sql("SELECT title FROM course") == "First")
        let highest = try #require(told.known.max())
        let sessions = try #require(Int(scene.sql("SELECT seq FROM sqlite_sequence WHERE name = 'login_session'")))
        let next = try scene.lms("course", "create", "Next", "-q", token: scene.token(of: "ani"))
        #expect(try #require(Int(next.word)) > highest, "\(next)")
        #expect(try #require(Int(scene.sql("SELECT max(id) FROM login_session"))) > sessions)
        #expect(
            scene.names(in: scene.folder).filter { $0.contains(".new-") } == [])
    }

    @Test func `ids are not reused after deleting and VACUUM`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        for _ in 0..<3 { try scene.lms("course", "create", "C", token: token) }
        #expect(try scene.lms("course", "delete", "3", "--yes", token: token).status == 0)
        try scene.sql("VACUUM;")
        #expect(try scene.lms("course", "create", "C", "-q", token: token).word == "4")
    }

    @Test func `a killed restore leaves a whole database`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
            INSERT INTO course (title, teacher_id, description, release_date, code, enrollment)
                SELECT 'Old', 1, hex(zeroblob(200)), '2026-01-01', 'c' || i, 'open' FROM n;
            """)
        let backup = scene.path("backup.db")
        #expect(try scene.lms("db", "backup", backup).status == 0)
        try scene.sql("UPDATE course SET title = 'New';")
        var random = SeededRandom(seed: 7)
        var kinds: Set<String> = []
        for _ in 0..<15 {
            let process = try scene.start(
                scene.launch(["db", "restore", backup, "--yes"], database: scene.database))
            usleep(UInt32.random(in: 20_000...300_000, using: &random))
            process.send(SIGKILL)
            _ = process.wait()
            kinds.insert(try scene.sql("SELECT DISTINCT title FROM course"))
            #expect(try scene.sql("PRAGMA integrity_check") == "ok")
            try scene.sql("UPDATE course SET title = 'New';")
        }
        // All of the one or all of the other, never some of each.
        #expect(kinds.isSubset(of: ["Old", "New"]), "\(kinds)")
        #expect(try scene.lms("db", "restore", backup, "--yes").status == 0)
        expectRefused(try scene.lms("whoami", token: token), 78)
    }
}
