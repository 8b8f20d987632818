import Foundation
import Testing

extension Robustness {
    @Suite struct Durability {}
}

extension Robustness.Durability {
    @Test func `killed writers lose nothing that was acknowledged`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try #require(
            try scene.lms("course", "create", "Shared", "--code", "shared", token: token).status == 0)
        let log = WriterLog()
        let end = ContinuousClock.now + .seconds(8)
        DispatchQueue.concurrentPerform(iterations: 10) { worker in
            var random = SeededRandom(seed: UInt64(worker))
            var number = 0
            while ContinuousClock.now < end {
                number += 1
                if worker < 8 {
                    log.write(scene, token, worker: worker, number: number, &random)
                } else {
                    log.read(scene, token)
                }
            }
        }
        let entries = log.entries
        #expect(entries.failures.isEmpty, "\(entries.failures.prefix(3))")
        #expect(entries.courses.count > 20 && entries.materials.count > 20, "too few writes to tell")
        #expect(entries.killed > 20, "too few writers were killed to tell")
        try scene.expectWhole()
        let courses = Set(try scene.sql("SELECT id || ' ' || title FROM course").split(separator: "\n"))
        let materials = Set(try scene.sql("SELECT id || ' ' || title FROM material").split(separator: "\n"))
        #expect(entries.courses.filter { !courses.contains($0[...]) } == [])
        #expect(entries.materials.filter { !materials.contains($0[...]) } == [])
        #expect(Set(entries.courses).count == entries.courses.count)
        // No repair is needed.
        #expect(try scene.lms("course", "create", "After", token: token).status == 0)
    }

    @Test func `twenty creators make one database`() throws {
        let scene = try ProgramScene()
        let creators = try (0..<20).map { _ in
            try scene.start(scene.launch(["db", "init", "--json"], database: scene.database))
        }
        let outcomes = creators.map { $0.wait() }
        for outcome in outcomes { #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)") }
        #expect(outcomes.filter { $0.output.contains("\"created\"") }.count == 1)
        try expectOneDatabase(scene)
    }

    @Test func `twenty registers make one database`() throws {
        let scene = try ProgramScene()
        let registers = try (0..<20).map { number in
            try scene.start(
                scene.launch(
                    ["register", "user\(number)", "--role", "student", "--password-stdin"],
                    database: scene.database, input: ProgramScene.password))
        }
        for outcome in registers.map({ $0.wait() }) {
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome)")
        }
        #expect(try scene.sql("SELECT count(*) FROM users") == "20")
        try expectOneDatabase(scene)
    }

    private func expectOneDatabase(_ scene: ProgramScene) throws {
        let allowed: Set = ["home", "school.db", "school.db-wal", "school.db-shm"]
        #expect(Set(scene.names(in: scene.folder)).subtracting(allowed) == [])
        try scene.expectWhole()
        let other = scene.path("other.db")
        #expect(try scene.run(scene.launch(["db", "init"], database: other)).status == 0)
        #expect(try scene.sql(".schema") == scene.sql(".schema", in: other))
        #expect(try scene.sql("SELECT count(*) FROM schema_version") == "1")
        #expect(scene.mode(of: scene.database) == 0o600)
    }

    @Test func `a write lock held too long is busy`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let holder = try LockHolder(scene)
        let launches = [
            scene.launch(["course", "create", "Late"], database: scene.database, token: token),
            scene.launch(["user", "disable", "ani"], database: scene.database),
            scene.launch(
                ["login", "ani", "--password-stdin"], database: scene.database, input: ProgramScene.password),
        ]
        let waiting = try launches.map(scene.start)
        let interrupted = try scene.start(launches[0])
        // Who only reads does not wait.
        let reader = try scene.lms("course", "list", "--all", token: token)
        #expect(reader.status == 0 && reader.duration < 5, "\(reader)")
        usleep(500_000)
        interrupted.send(SIGINT)
        let end = interrupted.wait()
        #expect(end.signal == SIGINT && end.duration < 5, "\(end)")
        for process in waiting {
            let outcome = process.wait()
            expectRefused(outcome, 75, "busy")
            #expect(outcome.errors.contains("10 seconds"), "\(outcome)")
            #expect((9.5..<20).contains(outcome.duration), "\(outcome.duration)")
        }
        holder.release()
        #expect(try scene.sql("SELECT count(*) FROM course") == "0")
        #expect(try scene.lms("whoami", token: token).status == 0)
        #expect(!FileManager.default.fileExists(atPath: scene.home + "/.lms_session"))
    }

    @Test func `a write lock held shortly is waited for`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let holder = try LockHolder(scene)
        let process = try scene.start(
            scene.launch(["course", "create", "Patient", "-q"], database: scene.database, token: token))
        usleep(2_000_000)
        #expect(!process.isOver)
        holder.release()
        let outcome = process.wait()
        #expect(outcome.status == 0 && outcome.word == "1" && outcome.errors.isEmpty, "\(outcome)")
    }
}

/// SQLite's shell, inside a write transaction of a database.
final class LockHolder {
    private let process: ProgramProcess
    private var pipeEnd: Int32

    init(_ scene: ProgramScene) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw LaunchFailure(description: "no pipe can be made") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        pipeEnd = ends[1]
        process = try ProgramProcess(
            Launch(
                program: ProgramScene.sqlite, arguments: ["-batch", scene.database],
                environment: ["HOME": scene.home], input: .descriptor(ends[0])))
        let text = ".timeout 5000\nBEGIN IMMEDIATE;\nSELECT 'held';\n"
        _ = write(pipeEnd, text, text.utf8.count)
        let start = ContinuousClock.now
        while !process.outputSoFar.contains("held") {
            try #require(seconds(since: start) < 10)
            usleep(1000)
        }
    }

    deinit { release() }

    /// Takes the transaction back.
    func release() {
        guard pipeEnd >= 0 else { return }
        let text = "ROLLBACK;\n.quit\n"
        _ = write(pipeEnd, text, text.utf8.count)
        close(pipeEnd)
        pipeEnd = -1
        _ = process.wait()
    }
}

/// What many writers were told. Guarded by a lock.
private final class WriterLog: @unchecked Sendable {
    struct Entries {
        var courses: [String] = []
        var materials: [String] = []
        var failures: [String] = []
        var killed = 0
        var duration = 0.05
    }

    private let lock = NSLock()
    private var content = Entries()

    var entries: Entries { lock.withLock { content } }

    /// Starts one writer, and kills it at a random moment of its life or lets it end.
    func write(
        _ scene: ProgramScene, _ token: String, worker: Int, number: Int, _ random: inout SeededRandom
    ) {
        let title = "T\(worker)-\(number)"
        let isCourse = number.isMultiple(of: 2)
        let words =
            isCourse
            ? ["course", "create", title, "-q"]
            : ["material", "add", "shared", title, "--description", "x", "-q"]
        let usual = entries.duration
        guard let process = try? scene.start(scene.launch(words, database: scene.database, token: token))
        else { return note("not started") }
        if number.isMultiple(of: 3) {
            usleep(UInt32(Double.random(in: 0...usual, using: &random) * 1_000_000))
            process.send(SIGKILL)
        }
        let outcome = process.wait()
        lock.withLock {
            switch (outcome.status, outcome.signal) {
            case (0, _):
                let line = "\(outcome.word) \(title)"
                if isCourse { content.courses.append(line) } else { content.materials.append(line) }
                content.duration = content.duration * 0.9 + outcome.duration * 0.1
                if !outcome.errors.isEmpty { content.failures.append("\(outcome)") }
            case (nil, SIGKILL): content.killed += 1
            default: content.failures.append("\(words): \(outcome)")
            }
        }
    }

    /// Reads, and finds everything that had been acknowledged before.
    func read(_ scene: ProgramScene, _ token: String) {
        let known = entries.courses.map { String($0.prefix { $0 != " " }) }
        guard let outcome = try? scene.lms("course", "list", "--all", "-q", token: token) else {
            return note("no reader")
        }
        let isWhole = Set(outcome.lines).isSuperset(of: known)
        if outcome.status != 0 || !outcome.errors.isEmpty || !isWhole { note("reader: \(outcome)") }
        usleep(100_000)
    }

    private func note(_ failure: String) {
        lock.withLock { content.failures.append(failure) }
    }
}

/// Random numbers that a seed repeats. Source: SplitMix64, https://prng.di.unimi.it/splitmix64.c
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
