import Foundation
import Testing

extension Robustness {
    @Suite struct ForeignDatabase {}
}

extension Robustness.ForeignDatabase {
    private static let commands = [
        ["course", "list", "--all"], ["db", "check"], ["db", "stats"], ["db", "migrate"], ["db", "init"],
        ["db", "restore", "BACKUP", "--yes"], ["course", "create", "X"], ["user", "list"],
        ["login", "ani", "--password-stdin"], ["register", "budi", "--role", "student", "--password-stdin"],
    ]

    /// Runs every command on a file that is none of ours.
    private func expectUntouched(
        _ path: String, _ words: String, _ scene: ProgramScene, _ token: String,
        except skipped: Set<String> = [], reads: Bool = true,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = reads ? try? scene.bytes(of: path) : nil
        let names = fileNames(scene)
        for command in Self.commands where !skipped.contains(command.prefix(2).joined(separator: " ")) {
            var launch = scene.launch(
                command.map { $0 == "BACKUP" ? scene.path("backup.db") : $0 }, database: path, token: token,
                input: ProgramScene.password)
            launch.timeout = 15
            let outcome = try scene.run(launch)
            #expect(!outcome.timedOut, "\(command)", sourceLocation: sourceLocation)
            expectRefused(outcome, 74, words, sourceLocation: sourceLocation)
            #expect(outcome.errors.contains(path), "\(command) \(outcome)", sourceLocation: sourceLocation)
        }
        if reads { #expect((try? scene.bytes(of: path)) == before, sourceLocation: sourceLocation) }
        #expect(fileNames(scene) == names, sourceLocation: sourceLocation)
    }

    /// What SQLite lays beside a database of ours while it looks at it is no harm.
    private func fileNames(_ scene: ProgramScene) -> [String] {
        scene.names(in: scene.folder).filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
    }

    private func school() throws -> (ProgramScene, String) {
        let (scene, token) = try ProgramScene.withTeacher()
        try #require(try scene.lms("db", "backup", scene.path("backup.db")).status == 0)
        return (scene, token)
    }

    @Test func `other files are refused`() throws {
        let (scene, token) = try school()
        let files: [(String, [UInt8])] = [
            (
                "picture.png",
                [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + [UInt8](repeating: 7, count: 5000)
            ),
            ("notes.txt", Array("My notes.\n".utf8)), ("short.db", Array("SQLite format 3\0".utf8)),
            ("zeros.db", [UInt8](repeating: 0, count: 8192)),
        ]
        for (name, bytes) in files {
            try scene.write(bytes, to: scene.path(name))
            try expectUntouched(scene.path(name), "is not a database of lms", scene, token)
        }
    }

    @Test(arguments: ["DELETE", "WAL"])
    func `another program's database is refused`(_ mode: String) throws {
        let (scene, token) = try school()
        let path = scene.path("other.db")
        try scene.sql(
            """
            PRAGMA journal_mode = \(mode); PRAGMA application_id = 252006673;
            CREATE TABLE users (id INTEGER); CREATE TABLE course (id INTEGER); PRAGMA user_version = 1;
            """, in: path)
        try expectUntouched(path, "is not a database of lms", scene, token)
    }

    @Test func `what is no file is refused`() throws {
        let (scene, token) = try school()
        mkdir(scene.path("folder"), 0o700)
        mkfifo(scene.path("pipe"), 0o600)
        try expectUntouched(scene.path("folder"), "not a database of lms", scene, token)
        // Without a look at its bytes, which would wait for a writer.
        for command in Self.commands {
            var launch = scene.launch(
                command.map { $0 == "BACKUP" ? scene.path("backup.db") : $0 },
                database: scene.path("pipe"), token: token, input: ProgramScene.password)
            launch.timeout = 15
            expectRefused(try scene.run(launch), 74, "is not a database of lms")
        }
    }

    /// Devices of this test's own, like `/dev/null` and `/dev/zero`: a program that fails here as root
    /// would put a file in the place of the machine's.
    @Test(.enabled(if: Device.isPermitted, "making a device takes root"), arguments: [3, 5])
    func `a device is refused`(_ minor: UInt32) throws {
        let (scene, token) = try school()
        let path = scene.path("device")
        try #require(Device.make(path, minor: minor))
        try expectUntouched(path, "is not a database of lms", scene, token, reads: false)
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test func `an empty file is refused`() throws {
        let (scene, token) = try school()
        let path = scene.path("empty.db")
        try scene.write([], to: path)
        try expectUntouched(path, "is an empty file", scene, token)
    }

    @Test func `a newer database is refused`() throws {
        let (scene, token) = try school()
        try scene.sql(
            "UPDATE schema_version SET version = 99, oldest_program = 99; PRAGMA user_version = 99;")
        try scene.fold()
        try expectUntouched(
            scene.database, "needs a newer version of lms", scene, token, except: ["db restore"])
    }

    @Test func `a newer database that still fits is served`() throws {
        let (scene, token) = try school()
        try scene.sql("UPDATE schema_version SET version = 99, oldest_program = 1; PRAGMA user_version = 99;")
        #expect(try scene.lms("course", "create", "X", "-q", token: token).word == "1")
        #expect(try scene.sql("PRAGMA user_version") == "99")
    }

    @Test func `a backup that is none is refused`() throws {
        let (scene, _) = try school()
        try scene.write(Array("no backup".utf8), to: scene.path("no.db"))
        mkfifo(scene.path("pipe"), 0o600)
        var damaged = try scene.bytes(of: scene.path("backup.db"))
        for index in 4096..<12_288 { damaged[index] = 0xa5 }
        try scene.write(damaged, to: scene.path("damaged.db"))
        try scene.fold()
        let before = try scene.bytes(of: scene.database)
        let names = fileNames(scene)
        for name in ["no.db", "pipe", "damaged.db"] {
            let outcome = try scene.lms("db", "restore", scene.path(name), "--yes")
            expectRefused(outcome, 74, scene.path(name))
        }
        expectRefused(try scene.lms("db", "restore", scene.path("missing.db"), "--yes"), 66, "missing.db")
        #expect(try scene.bytes(of: scene.database) == before)
        #expect(fileNames(scene) == names)
    }

    @Test func `a missing database is not made by a typo`() throws {
        let (scene, token) = try school()
        for command in Self.commands
        where !["db init", "db restore", "register budi"].contains(command.prefix(2).joined(separator: " ")) {
            let path = scene.path("typo.db")
            let launch = scene.launch(command, database: path, token: token, input: ProgramScene.password)
            expectRefused(try scene.run(launch), 66, path)
            #expect(access(path, F_OK) != 0)
        }
    }
}

/// A memory device in a test's own folder.
private enum Device {
    static let isPermitted: Bool = {
        guard geteuid() == 0, let scene = try? ProgramScene() else { return false }
        return make(scene.path("probe"), minor: 3)
    }()

    /// - Parameter minor: 3 as `/dev/null`, 5 as `/dev/zero`. Source: linux, devices.txt
    static func make(_ path: String, minor: UInt32) -> Bool {
        mknod(path, S_IFCHR | 0o600, dev_t(1 << 8 | minor)) == 0
    }
}
