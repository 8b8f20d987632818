import Foundation
import LMSTestSupport
import Testing

/// A folder of its own for one test, with a home, where the real program runs. It goes when the test ends.
final class ProgramScene: Sendable {
    private let temporary: TemporaryFolder
    let home: String
    /// The database that `lms(_:)` names with `--db`.
    let database: String

    static let password = "correct horse battery"

    init() throws {
        temporary = try TemporaryFolder()
        home = temporary.path("home")
        database = temporary.path("school.db")
        mkdir(home, 0o700)
    }

    deinit {
        temporary.remove()
    }

    /// A scene whose database has the teacher `ani`, and a token of hers.
    static func withTeacher() throws -> (scene: ProgramScene, token: String) {
        let (bytes, token) = try prepared.get()
        let scene = try ProgramScene()
        try scene.write(bytes, to: scene.database)
        return (scene, token)
    }

    /// Made once, by the program itself: hashing a password takes its time.
    private static let prepared = Result {
        let scene = try ProgramScene()
        try scene.register("ani", role: "teacher")
        let token = try scene.token(of: "ani")
        try scene.fold()
        return (bytes: try scene.bytes(of: scene.database), token: token)
    }

    var folder: String { temporary.path }

    func path(_ name: String) -> String { temporary.path(name) }

    // MARK: - The program

    /// The program on this scene's database, or on the target that it finds itself.
    ///
    /// - Parameter database: What `--db` names; `nil` for no `--db`.
    func launch(
        _ arguments: [String], database: String?, token: String? = nil, input: String = "",
        environment: [String: String] = [:]
    ) -> Launch {
        var all = ["HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
        if let token { all["LMS_TOKEN"] = token }
        all.merge(environment) { $1 }
        let target = database.map { ["--db", $0] } ?? []
        // Behind the command's words, before a `--`.
        let flags = arguments.firstIndex(of: "--") ?? arguments.endIndex
        return Launch(
            program: LMSExecutable.path, arguments: Array(arguments[..<flags]) + target + arguments[flags...],
            environment: all, input: .bytes(Array(input.utf8)))
    }

    func start(_ launch: Launch) throws -> ProgramProcess { try ProgramProcess(launch) }

    func run(_ launch: Launch) throws -> Outcome { try ProgramProcess(launch).wait() }

    /// Runs `lms` on this scene's database.
    @discardableResult
    func lms(
        _ arguments: String..., token: String? = nil, input: String = "",
        environment: [String: String] = [:]
    ) throws -> Outcome {
        try run(
            launch(arguments, database: database, token: token, input: input, environment: environment))
    }

    /// Runs `lms` without `--db`.
    @discardableResult
    func bare(
        _ arguments: String..., token: String? = nil, input: String = "",
        environment: [String: String] = [:]
    ) throws -> Outcome {
        try run(launch(arguments, database: nil, token: token, input: input, environment: environment))
    }

    /// Runs a line of bash in which `"$@"` is `lms` with the launch's arguments.
    func shell(_ script: String, _ launch: Launch) throws -> Outcome {
        var wrapped = launch
        wrapped.program = "/bin/bash"
        wrapped.arguments = ["-c", script, "bash", launch.program] + launch.arguments
        return try run(wrapped)
    }

    func register(_ name: String, role: String, database: String? = nil) throws {
        let outcome = try run(
            launch(
                ["register", name, "--role", role, "--password-stdin"], database: database ?? self.database,
                input: Self.password))
        try #require(outcome.status == 0, "\(outcome)")
    }

    /// A new session's secret.
    func token(of name: String, _ password: String = password) throws -> String {
        let outcome = try lms("login", name, "--password-stdin", "--print-token", input: password)
        try #require(outcome.status == 0, "\(outcome)")
        return outcome.word
    }

    // MARK: - SQLite's own shell

    static let sqlite = "/usr/bin/sqlite3"

    /// What SQLite's shell answers.
    @discardableResult
    func sql(_ statements: String, in database: String? = nil) throws -> String {
        try #require(access(Self.sqlite, X_OK) == 0, "these tests need \(Self.sqlite): install sqlite3")
        let outcome = try run(
            Launch(
                program: Self.sqlite, arguments: ["-batch", "-bail", database ?? self.database],
                environment: ["HOME": home], input: .bytes(Array(".timeout 10000\n\(statements)\n".utf8))))
        try #require(outcome.status == 0, "\(outcome)")
        return outcome.word
    }

    /// Checks that a database is whole, and that every course and its entry in the log came together.
    func expectWhole(
        _ database: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let found = try sql(
            """
            PRAGMA integrity_check; PRAGMA foreign_key_check;
            SELECT 'course without entry', id FROM course
                WHERE id NOT IN (SELECT course_id FROM audit WHERE action = 'course.create');
            SELECT 'entry without course', course_id FROM audit
                WHERE course_id NOT IN (SELECT id FROM course);
            SELECT 'materials and entries differ', course_id, position FROM material
                GROUP BY course_id HAVING count(*) <> max(position) OR count(*) <> (SELECT count(*)
                    FROM audit WHERE audit.course_id = material.course_id AND action = 'material.add');
            """, in: database)
        #expect(found == "ok", sourceLocation: sourceLocation)
    }

    // MARK: - Files

    /// Folds the log into the file and takes what stands beside it away.
    func fold(_ database: String? = nil) throws {
        let path = database ?? self.database
        try sql("PRAGMA wal_checkpoint(TRUNCATE);", in: path)
        for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
    }

    func bytes(of path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        chmod(path, mode)
    }

    func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    func mode(of path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }
}

/// Checks what every refusal keeps to: its status, one sentence and at most a hint, nothing of the inside.
func expectRefused(
    _ outcome: Outcome, _ status: Int32, _ words: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(!outcome.timedOut && outcome.status == status, "\(outcome)", sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, "\(outcome)", sourceLocation: sourceLocation)
    #expect(words.isEmpty || outcome.errors.contains(words), "\(outcome)", sourceLocation: sourceLocation)
    expectPlain(outcome, sourceLocation: sourceLocation)
    let lines = outcome.errors.split(separator: "\n")
    let isSentence = outcome.errors.hasPrefix("lms: ") && (1...2).contains(lines.count)
    let isObject = outcome.errors.hasPrefix("{\"error\":{") && lines.count == 1
    #expect(
        isSentence || isObject, "\(outcome)",
        sourceLocation: sourceLocation)
}

/// Checks that a program ended by itself and shows a reader nothing of its inside.
func expectPlain(_ outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation) {
    let documented: [Int32] = [0, 1, 64, 65, 66, 69, 73, 74, 75, 77, 78, 141]
    #expect(
        outcome.status.map(documented.contains) == true, "\(outcome)", sourceLocation: sourceLocation)
    for word in ["locked", "SQLite", "SQL", "GRDB", ".swift", "Error", "Fatal", "made a mistake", "0x"] {
        #expect(!outcome.errors.contains(word), "\(outcome)", sourceLocation: sourceLocation)
    }
}

/// Holds what must run alone: its tests load the machine, or measure it.
@Suite(.serialized) enum Robustness {}
