import Foundation
import Testing

extension Robustness {
    @Suite struct Leftovers {}
}

/// What a command was making when it was killed is not there afterwards, not under another name either.
extension Robustness.Leftovers {
    /// A scene whose database is large enough for a copy to be killed half-way.
    private func schooled() throws -> (scene: ProgramScene, token: String) {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "Biology", "--code", "bio", token: token)
        try scene.sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
            INSERT INTO material (course_id, description, title, position)
                SELECT 1, hex(zeroblob(400)), 'Week ' || i, i FROM n;
            """)
        return (scene, token)
    }

    /// Kills a command at moments that are spread over its life.
    ///
    /// - Parameters:
    ///   - make: The launch of a run, by its number.
    ///   - check: Looks at what is there after it.
    private func killing(
        _ scene: ProgramScene, times: Int = 12, _ make: (Int) -> Launch,
        _ check: (Int, Outcome) throws -> Void
    ) throws {
        let whole = try scene.run(make(0))
        try #require(whole.status == 0, "\(whole)")
        try check(0, whole)
        // As long as the last run took that ended by itself: the machine's pace changes.
        var usual = whole.duration
        var killed = 0
        for number in 1...4 * times where number <= times || killed <= times / 3 {
            let part = Double((number - 1) % times + 1) / Double(times)
            let outcome = try scene.start(make(number)).end(after: usual * 1.1 * part)
            if outcome.signal == SIGKILL { killed += 1 } else { usual = outcome.duration }
            try check(number, outcome)
        }
        #expect(killed > times / 3, "\(killed) of \(times) were killed: too few to tell")
    }

    @Test(arguments: [["backup"], ["copy", "--to"]])
    func `a killed copy of a database is whole or not there`(_ act: [String]) throws {
        let (scene, _) = try schooled()
        let folder = scene.path("copies")
        mkdir(folder, 0o700)
        try killing(scene) { number in
            scene.launch(["db"] + act + ["\(folder)/\(number).db"], database: scene.database)
        } _: { number, outcome in
            let names = scene.names(in: folder)
            #expect(names == ["\(number).db"] || outcome.signal == SIGKILL && names.isEmpty, "\(names)")
            for name in names {
                try scene.expectWholeCopy("\(folder)/\(name)")
                unlink("\(folder)/\(name)")
            }
        }
    }

    @Test func `a killed init leaves a database or nothing`() throws {
        let scene = try ProgramScene()
        let folder = scene.path("new")
        mkdir(folder, 0o700)
        try killing(scene) { number in
            scene.launch(["db", "init"], database: "\(folder)/\(number).db")
        } _: { number, outcome in
            let names = scene.names(in: folder)
            #expect(names == ["\(number).db"] || outcome.signal == SIGKILL && names.isEmpty, "\(names)")
            for name in names {
                let users = try scene.sql("SELECT count(*) FROM users", in: "\(folder)/\(name)")
                #expect(users == "0")
                for suffix in ["", "-wal", "-shm"] { unlink("\(folder)/\(name)\(suffix)") }
            }
        }
    }

    @Test func `a killed export of a school leaves whole files only`() throws {
        let (scene, _) = try schooled()
        let rows = try scene.sql("SELECT count(*) FROM material")
        try killing(scene) { number in
            scene.launch(
                ["db", "export", scene.path("out-\(number)"), "--with-secrets"], database: scene.database)
        } _: { number, outcome in
            let folder = scene.path("out-\(number)")
            let names = scene.names(in: folder)
            let all = ["courses.csv", "enrollments.csv", "materials.csv", "teachers.csv", "users.csv"]
            #expect(names == all || outcome.signal == SIGKILL, "\(names)")
            // The last of the large ones to get its name.
            guard names.contains("materials.csv") else { return }
            let lines = try String(contentsOfFile: "\(folder)/materials.csv", encoding: .utf8)
                .split(separator: "\n")
            #expect(String(lines.count - 1) == rows)
        }
        #expect(scene.names(in: scene.folder).allSatisfy { !$0.contains(".new-") })
    }

    @Test func `a killed login leaves no token beside the dotfile`() throws {
        let (scene, _) = try ProgramScene.withTeacher()
        let leftover = scene.home + "/.lms_session.new-4711"
        try scene.write(Array("{}".utf8), to: leftover)
        try killing(scene, times: 6) { _ in
            scene.launch(
                ["login", "ani", "--password-stdin"], database: scene.database, input: ProgramScene.password)
        } _: { number, _ in
            let names = scene.names(in: scene.home)
            #expect(Set(names).isSubset(of: [".lms_session", ".lms_session.lock"]), "\(names)")
            if number == 0 { #expect(access(leftover, F_OK) != 0, "what was left before is swept") }
        }
        #expect(try scene.bare("whoami").status == 0)
    }
}

extension ProgramScene {
    /// Checks that a copy has every row of the original, and nothing beside it.
    fileprivate func expectWholeCopy(_ path: String) throws {
        let counts =
            "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM material); PRAGMA integrity_check;"
        #expect(try sql(counts, in: path) == sql(counts))
        #expect(mode(of: path) == 0o600)
        for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
    }
}
