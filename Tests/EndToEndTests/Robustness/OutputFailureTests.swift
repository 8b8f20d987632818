import Foundation
import Testing

extension Robustness {
    @Suite struct OutputFailure {}
}

extension Robustness.OutputFailure {
    @Test(arguments: [
        ["course", "list"], ["course", "list", "--json"], ["course", "list", "--format", "csv"], ["whoami"],
        ["course", "show", "1"], ["material", "show", "1"], ["material", "show", "1", "--raw"],
        ["token", "list"], ["db", "stats"], ["db", "path"], ["user", "list"], ["--version"], ["--help"],
        ["help", "course"], ["completion", "bash"],
    ])
    func `a full output fails`(_ words: [String]) throws {
        let (scene, token) = try school()
        let isGlobal = ["--version", "--help", "help", "completion"].contains(words[0])
        var launch = scene.launch(words, database: isGlobal ? nil : scene.database, token: token)
        launch.output = .path("/dev/full")
        expectRefused(try scene.run(launch), 74, "the output could not be written")
        launch.output = .closed
        expectRefused(try scene.run(launch), 74, "the output could not be written")
    }

    /// A change that was committed stands, and the message says so.
    @Test(arguments: [
        (["course", "create", "New"], "SELECT count(*) FROM course WHERE title = 'New'", "1"),
        (["course", "edit", "1", "--title", "New"], "SELECT title FROM course WHERE id = 1", "New"),
        (["course", "delete", "1", "--yes"], "SELECT count(*) FROM course", "0"),
        (["material", "add", "1", "N", "--description", "x"], "SELECT count(*) FROM material", "2"),
        (["token", "create", "--label", "L"], "SELECT count(*) FROM login_session WHERE label = 'L'", "1"),
        (["user", "disable", "ani"], "SELECT count(*) FROM users WHERE disabled_at > 0", "1"),
        (["logout"], "SELECT count(*) FROM login_session", "0"),
    ])
    func `a change stands where it cannot be told`(_ words: [String], _ query: String, _ expected: String) throws {
        for sink in [Launch.Sink.path("/dev/full"), .closed] {
            let (scene, token) = try school()
            var launch = scene.launch(words, database: scene.database, token: token)
            launch.output = sink
            let outcome = try scene.run(launch)
            #expect(outcome.status == 74, "\(outcome)")
            #expect(
                outcome.errors.contains("the change was made, but the output could not be written"),
                "\(outcome)")
            expectPlain(outcome)
            #expect(try scene.sql(query) == expected)
            #expect(try scene.sql("PRAGMA integrity_check") == "ok")
        }
    }

    @Test func `a sign-in that cannot be told says that it was made`() throws {
        let (scene, _) = try school()
        var launch = scene.launch(
            ["login", "ani", "--password-stdin"], database: scene.database, input: ProgramScene.password)
        launch.output = .path("/dev/full")
        let outcome = try scene.run(launch)
        #expect(outcome.status == 74 && outcome.errors.contains("the change was made"), "\(outcome)")
        #expect(try scene.bare("whoami").status == 0)
    }

    @Test func `a token that nobody got ends its session`() throws {
        let (scene, _) = try school()
        let before = try scene.sql("SELECT group_concat(id) FROM login_session")
        var launch = scene.launch(
            ["login", "ani", "--password-stdin", "--print-token"], database: scene.database,
            input: ProgramScene.password)
        launch.output = .path("/dev/full")
        let outcome = try scene.run(launch)
        expectRefused(outcome, 74, "the output could not be written")
        #expect(!outcome.errors.contains("the change was made"))
        #expect(try scene.sql("SELECT group_concat(id) FROM login_session") == before)
    }

    @Test func `no account is made where its sign-in could not be saved`() throws {
        let (scene, _) = try school()
        var launch = scene.launch(
            ["register", "budi", "--role", "student", "--password-stdin", "--login"],
            database: scene.database, input: ProgramScene.password)
        launch.environment["LMS_SESSION_FILE"] = scene.path("missing/folder/session")
        expectRefused(try scene.run(launch), 74, "session file")
        #expect(try scene.sql("SELECT count(*) FROM users WHERE username = 'budi'") == "0")
    }

    @Test func `a dry run that cannot be told changes nothing`() throws {
        let (scene, token) = try school()
        var launch = scene.launch(["course", "create", "New", "-n"], database: scene.database, token: token)
        launch.output = .path("/dev/full")
        let outcome = try scene.run(launch)
        expectRefused(outcome, 74)
        #expect(!outcome.errors.contains("the change was made"))
        #expect(try scene.sql("SELECT count(*) FROM course") == "1")
    }

    @Test(arguments: ["", "trap '' PIPE; "])
    func `head ends a long list quietly`(_ before: String) throws {
        let (scene, token) = try school()
        try scene.sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
            INSERT INTO course (title, teacher_id, release_date, code, enrollment)
                SELECT 'A long title for the course number ' || i, 1, '2026-01-01', 'c' || i, 'open' FROM n;
            """)
        for format in ["tsv", "csv", "json", "ids", "table"] {
            let launch = scene.launch(
                ["course", "list", "--all", "--format", format], database: scene.database, token: token)
            let outcome = try scene.shell("\(before)\"$@\" | head -1; exit ${PIPESTATUS[0]}", launch)
            #expect(outcome.lines.count == 1 && outcome.errors.isEmpty, "\(outcome)")
            // A list that fits the pipe is written before its reader leaves.
            #expect(outcome.status == 141 || (format == "ids" && outcome.status == 0), "\(outcome)")
        }
    }

    @Test func `closed errors and input are no harm`() throws {
        let (scene, token) = try school()
        var launch = scene.launch(["course", "create", "New", "-q"], database: scene.database, token: token)
        launch.errors = .closed
        launch.input = .closed
        let outcome = try scene.run(launch)
        #expect(outcome.status == 0 && outcome.word == "2", "\(outcome)")

        launch = scene.launch(["course", "show", "999"], database: scene.database, token: token)
        launch.errors = .closed
        #expect(try scene.run(launch).status == 66)
        launch.errors = .path("/dev/full")
        #expect(try scene.run(launch).status == 66)

        launch = scene.launch(["login", "ani", "--password-stdin"], database: scene.database)
        launch.input = .closed
        expectRefused(try scene.run(launch), 74, "standard input")
        launch = scene.launch(
            ["course", "create", "X", "--description-file", "-"], database: scene.database, token: token)
        launch.input = .closed
        expectRefused(try scene.run(launch), 74, "standard input")

        launch = scene.launch(["course", "create", "All"], database: scene.database, token: token)
        (launch.input, launch.output, launch.errors) = (.closed, .closed, .closed)
        #expect(try scene.run(launch).status == 74)
        #expect(try scene.sql("SELECT group_concat(title) FROM course") == "Biology,New,All")
        try scene.expectWhole()
    }

    private func school() throws -> (ProgramScene, String) {
        let (scene, token) = try ProgramScene.withTeacher()
        try #require(try scene.lms("course", "create", "Biology", token: token).status == 0)
        try #require(
            try scene.lms("material", "add", "1", "M", "--description", "Text", token: token).status == 0)
        return (scene, token)
    }
}
