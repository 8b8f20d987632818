import Foundation
import LMSTestSupport
import Testing

extension Robustness {
    @Suite struct SessionFile {}
}

extension Robustness.SessionFile {
    private static let commands = [
        ["whoami"], ["course", "list"], ["target", "list"], ["login", "ani", "--password-stdin"], ["logout"],
    ]

    /// A scene whose teacher is signed in by the dotfile.
    private func signedIn() throws -> (scene: ProgramScene, dotfile: String) {
        let (scene, _) = try ProgramScene.withTeacher()
        let outcome = try scene.lms("login", "ani", "--password-stdin", input: ProgramScene.password)
        try #require(outcome.status == 0, "\(outcome)")
        return (scene, scene.home + "/.lms_session")
    }

    /// Runs commands that need the dotfile, and checks that it is refused and left as it is.
    private func expectRefusedUntouched(
        _ scene: ProgramScene, _ dotfile: String, _ words: String, watched: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = watched ?? dotfile
        let before = try? FileManager.default.attributesOfItem(atPath: file)
        let isSmall =
            (before?[.size] as? Int ?? 0) < 1 << 20 && before?[.type] as? FileAttributeType == .typeRegular
        let bytes = isSmall ? try scene.bytes(of: file) : nil
        let sessions = try scene.sql("SELECT count(*) FROM login_session")
        for command in Self.commands {
            for database in [nil, scene.database] where database == nil || command[0] == "login" {
                var launch = scene.launch(command, database: database, input: ProgramScene.password)
                launch.timeout = 15
                let outcome = try scene.run(launch)
                expectRefused(outcome, 74, words, sourceLocation: sourceLocation)
                #expect(
                    outcome.errors.contains(dotfile) && outcome.errors.split(separator: "\n").count == 2,
                    "\(command) \(outcome)", sourceLocation: sourceLocation)
                #expect(outcome.duration < 10, sourceLocation: sourceLocation)
            }
        }
        let after = try? FileManager.default.attributesOfItem(atPath: file)
        for key in [
            FileAttributeKey.size, .modificationDate, .posixPermissions, .ownerAccountID, .systemFileNumber,
        ] {
            #expect(
                before?[key] as? NSObject == after?[key] as? NSObject, "\(key.rawValue)",
                sourceLocation: sourceLocation)
        }
        if let bytes { #expect(try scene.bytes(of: file) == bytes, sourceLocation: sourceLocation) }
        #expect(try scene.sql("SELECT count(*) FROM login_session") == sessions, sourceLocation: sourceLocation)
        #expect(
            scene.names(in: scene.home).filter { $0.contains(".new-") } == [], sourceLocation: sourceLocation)
    }

    @Test func `a symbolic link is not followed`() throws {
        let (scene, dotfile) = try signedIn()
        let elsewhere = scene.path("elsewhere")
        rename(dotfile, elsewhere)
        symlink(elsewhere, dotfile)
        try expectRefusedUntouched(scene, dotfile, "symbolic link", watched: elsewhere)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: dotfile) == elsewhere)
        // One to nowhere must not make a file there.
        unlink(elsewhere)
        try expectRefusedUntouched(scene, dotfile, "symbolic link", watched: elsewhere)
        #expect(access(elsewhere, F_OK) != 0)
    }

    @Test func `a hard link is refused`() throws {
        let (scene, dotfile) = try signedIn()
        link(dotfile, scene.path("second-name"))
        try expectRefusedUntouched(scene, dotfile, "hard link")
    }

    @Test func `a named pipe and a folder are refused`() throws {
        let (scene, dotfile) = try signedIn()
        unlink(dotfile)
        mkfifo(dotfile, 0o600)
        try expectRefusedUntouched(scene, dotfile, "is not a regular file")
        unlink(dotfile)
        mkdir(dotfile, 0o700)
        try expectRefusedUntouched(scene, dotfile, "is not a regular file")
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o620, 0o666, 0o610] as [mode_t])
    func `a file that is open to others is refused`(_ mode: mode_t) throws {
        let (scene, dotfile) = try signedIn()
        chmod(dotfile, mode)
        try expectRefusedUntouched(scene, dotfile, "chmod 600 \(dotfile)")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func `another user's file is refused`() throws {
        let (scene, dotfile) = try signedIn()
        chown(dotfile, 65534, 65534)
        try expectRefusedUntouched(scene, dotfile, "belongs to another user")
    }

    @Test func `a huge file is refused at once`() throws {
        let (scene, dotfile) = try signedIn()
        truncate(dotfile, 1 << 30)
        try expectRefusedUntouched(scene, dotfile, "is too large")
        truncate(dotfile, 65_537)
        try expectRefusedUntouched(scene, dotfile, "is too large")
    }

    @Test(arguments: [
        "", "{", "garbage", "[]", "null", "42", "{\"sessions\":[]}", "{\"sessions\":{\"/x\":{}}}",
        "{\"sessions\":{\"/x\":{\"username\":\"a\",\"token\":\"t\",\"expires_at\":\"2030-01-01T00:00:00Z\"}}}",
        "{\"sessions\":{},\"current\":7}", "\u{0}\u{0}\u{0}", "{\"sessions\":{}}{}", "\u{1b}[31m",
        String(repeating: "[", count: 60_000),
    ])
    func `a damaged file is never destroyed`(_ text: String) throws {
        let (scene, dotfile) = try signedIn()
        try scene.write(Array(text.utf8), to: dotfile)
        try expectRefusedUntouched(scene, dotfile, "is damaged")
    }

    @Test func `bytes that are no text are refused`() throws {
        let (scene, dotfile) = try signedIn()
        try scene.write([0xff, 0xfe, 0x7b, 0x00, 0x80], to: dotfile)
        try expectRefusedUntouched(scene, dotfile, "is damaged")
    }

    @Test(arguments: ["000", "022", "077", "0777"])
    func `files are private under any mask`(_ mask: String) throws {
        let scene = try ProgramScene()
        let data = scene.folder + "/new/data"
        let launch = scene.launch(
            ["register", "ani", "--role", "teacher", "--password-stdin", "--login"], database: nil,
            input: ProgramScene.password, environment: ["XDG_DATA_HOME": data])
        let outcome = try scene.shell("umask \(mask); \"$@\"", launch)
        #expect(outcome.status == 0, "\(outcome)")
        #expect(scene.mode(of: scene.home + "/.lms_session") == 0o600)
        for name in scene.names(in: scene.home) {
            #expect(scene.mode(of: "\(scene.home)/\(name)") & 0o077 == 0)
        }
        for name in ["lms.db", "lms.db-wal", "lms.db-shm"] {
            #expect(scene.mode(of: "\(data)/lms/\(name)") == 0o600, "\(name)")
        }
        for folder in [data + "/lms", data, scene.folder + "/new"] {
            #expect(scene.mode(of: folder) & 0o077 == 0, "\(folder)")
        }
        let backup = scene.path("backup.db")
        let copy = try scene.shell(
            "umask \(mask); \"$@\"", scene.launch(["db", "backup", backup], database: "\(data)/lms/lms.db"))
        #expect(copy.status == 0 && scene.mode(of: backup) == 0o600, "\(copy)")
    }

    @Test func `thirty sign-ins at once are all remembered`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        try scene.fold()
        let databases = try (0..<30).map { number in
            let path = scene.path("school-\(number).db")
            try scene.write(scene.bytes(of: scene.database), to: path)
            return path
        }
        let logins = try databases.map { database in
            var launch = scene.launch(
                ["login", "ani", "--password-stdin"], database: database, input: ProgramScene.password)
            launch.arguments = ["-c", "umask 000; exec \"$@\"", "sh", launch.program] + launch.arguments
            launch.program = "/bin/sh"
            return try scene.start(launch)
        }
        // From their first byte on, the files are private.
        var exposed: Set<String> = []
        while !logins.allSatisfy(\.isOver) {
            for name in scene.names(in: scene.home) where scene.mode(of: "\(scene.home)/\(name)") & 0o077 != 0 {
                exposed.insert(name)
            }
        }
        #expect(exposed == [])
        for login in logins { #expect(login.wait().status == 0, "\(login.wait())") }
        #expect(Set(try scene.bare("target", "list", "-q").lines) == Set(databases))
        for database in databases {
            #expect(try scene.run(scene.launch(["whoami"], database: database)).status == 0)
        }
        #expect(Set(scene.names(in: scene.home)) == [".lms_session", ".lms_session.lock"])
    }

    @Test func `no session is left where it cannot be saved`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let before = try scene.sql("SELECT group_concat(id) FROM login_session")
        for path in [scene.path("missing/session"), "/proc/session", scene.database + "/session"] {
            let outcome = try scene.lms(
                "login", "ani", "--password-stdin", input: ProgramScene.password,
                environment: ["LMS_SESSION_FILE": path])
            expectRefused(outcome, 74, path)
        }
        #expect(try scene.sql("SELECT group_concat(id) FROM login_session") == before)

        let outcome = try scene.run(
            Launch(
                program: LMSExecutable.path,
                arguments: ["login", "ani", "--password-stdin", "--db", scene.database],
                input: .bytes(Array(ProgramScene.password.utf8))))
        expectRefused(outcome, 74, "HOME names no folder")
        #expect(try scene.sql("SELECT group_concat(id) FROM login_session") == before)
    }

    /// The lock beside the dotfile is no way around: it is not written through either.
    @Test func `the lock is not followed`() throws {
        let (scene, dotfile) = try signedIn()
        let elsewhere = scene.path("elsewhere")
        unlink(dotfile + ".lock")
        symlink(elsewhere, dotfile + ".lock")
        let outcome = try scene.lms("login", "ani", "--password-stdin", input: ProgramScene.password)
        expectRefused(outcome, 74, dotfile)
        #expect(access(elsewhere, F_OK) != 0)
    }
}
