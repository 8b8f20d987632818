import Foundation
import LMSTestSupport
import Testing

extension Robustness {
    @Suite struct Disk {}
}

/// A file system of its own, for as long as this value lives.
private final class Mount {
    let path: String

    /// Whether this process may mount, which takes root and no sandbox against it.
    static let isPermitted: Bool = {
        guard geteuid() == 0, let scene = try? ProgramScene() else { return false }
        return (try? Mount(scene.path("probe"), ["-t", "tmpfs", "tmpfs"])) != nil
    }()

    init(_ path: String, _ options: [String]) throws {
        self.path = path
        mkdir(path, 0o700)
        try Self.run("/usr/bin/mount", options + [path])
    }

    deinit { try? Self.run("/usr/bin/umount", [path]) }

    func remount(_ options: String) throws {
        try Self.run("/usr/bin/mount", ["-o", "remount,\(options)", path])
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let outcome = try ProgramProcess(Launch(program: program, arguments: arguments)).wait()
        guard outcome.status == 0 else { throw LaunchFailure(description: "\(outcome)") }
    }
}

extension Robustness.Disk {
    @Test(.enabled(if: Mount.isPermitted, "mounting a small disk takes root"))
    func `a full disk refuses writes and serves reads`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let disk = try Mount(scene.path("disk"), ["-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs"])
        let database = disk.path + "/school.db"
        try scene.fold()
        try scene.write(scene.bytes(of: scene.database), to: database)
        func lms(_ words: String...) throws -> Outcome {
            try scene.run(scene.launch(words, database: database, token: token, input: ProgramScene.password))
        }
        #expect(try lms("course", "create", "Before", "-q").word == "1")
        let text = scene.path("text")
        try scene.write([UInt8](repeating: 0x78, count: 900_000), to: text)
        expectRefused(
            try lms("material", "add", "1", "Big", "--description-file", text), 74, "the disk is full")

        let sessions = try scene.sql("SELECT count(*) FROM login_session", in: database)
        #expect(try scene.sql("SELECT count(*) FROM material", in: database) == "0")
        // The log and its index are there again, as after any command.
        #expect(try lms("course", "list", "-q").word == "1")

        // Not one byte is left.
        let filler = disk.path + "/filler"
        let descriptor = open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        let block = [UInt8](repeating: 0, count: 4096)
        while write(descriptor, block, block.count) > 0 {}
        close(descriptor)
        let large = String(repeating: "long ", count: 20_000)
        for words in [
            ["course", "create", "New", "--description", large],
            ["course", "edit", "1", "--description", large],
        ] {
            let outcome = try scene.run(scene.launch(words, database: database, token: token))
            expectRefused(outcome, 74, "the disk is full")
        }
        expectRefused(
            try scene.run(scene.launch(["db", "init"], database: disk.path + "/other.db")), 74)
        // Nobody is told "signed in" without a session that was saved.
        let login = try scene.run(
            scene.launch(
                ["login", "ani", "--password-stdin"], database: database, input: ProgramScene.password,
                environment: ["LMS_SESSION_FILE": disk.path + "/session"]))
        expectRefused(login, 74)
        #expect(try lms("course", "list", "-q").word == "1")
        #expect(try lms("course", "show", "1").status == 0)
        #expect(try lms("db", "check").status == 0)
        unlink(filler)
        let after = try lms("course", "create", "After", "-q")
        #expect(after.status == 0 && after.word == "2", "\(after)")
        #expect(try scene.sql("SELECT count(*) FROM login_session", in: database) == sessions)
        #expect(try scene.sql("SELECT group_concat(title) FROM course", in: database) == "Before,After")
        #expect(try lms("db", "check").status == 0)
        #expect(
            Set(scene.names(in: disk.path)).isSubset(of: [
                "school.db", "school.db-wal", "school.db-shm", "session.lock",
            ]))
    }

    @Test(.enabled(if: Mount.isPermitted, "mounting takes root"), arguments: [true, false])
    func `a read-only folder serves reads`(_ hasLog: Bool) throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "Kept", token: token)
        let folder = scene.path("source")
        mkdir(folder, 0o700)
        if !hasLog { try scene.fold() }
        for suffix in hasLog ? ["", "-wal", "-shm"] : [""] {
            try scene.write(scene.bytes(of: scene.database + suffix), to: folder + "/school.db" + suffix)
        }
        let view = try Mount(scene.path("view"), ["--bind", folder])
        try view.remount("bind,ro")
        let database = view.path + "/school.db"
        func lms(_ words: String...) throws -> Outcome {
            try scene.run(scene.launch(words, database: database, token: token, input: ProgramScene.password))
        }
        #expect(try lms("course", "list", "-q").word == "1")
        #expect(try lms("course", "show", "1", "--json").output.contains("Kept"))
        #expect(try lms("whoami").status == 0)
        #expect(try lms("db", "check").status == 0)
        expectRefused(try lms("course", "create", "New"), 74, "read-only")
        expectRefused(try lms("login", "ani", "--password-stdin"), 74, "read-only")
        expectRefused(try lms("register", "budi", "--role", "student", "--password-stdin"), 74, "read-only")
        expectRefused(try lms("user", "disable", "ani"), 74, "read-only")
        expectRefused(try scene.run(scene.launch(["db", "init"], database: view.path + "/new.db")), 74)
        let server = try ServerProcess(scene, database: database)
        #expect(try server.request("GET", "/course/1", token: token).text.contains("Kept"))
        let refused = try server.request("POST", "/course", token: token, body: #"{"title":"New"}"#)
        #expect(refused.status == 503 && refused.text.contains(#""code":"io""#), "\(refused)")
        server.stop()
        let backup = scene.path("backup.db")
        #expect(try lms("db", "backup", backup).status == 0)
        #expect(try scene.sql("SELECT title FROM course", in: backup) == "Kept")
    }
}
