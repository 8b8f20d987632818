import Foundation
import Testing

extension Robustness {
    @Suite struct Apply {}
}

extension Robustness.Apply {
    private func course(_ version: Int, materials: Int) -> String {
        (1...materials).reduce("course: BIG\ntitle: Version \(version)\nmaterials:\n") {
            $0 + "  - title: Week \($1)\n    description: Text \(version) of chapter \($1).\n"
        }
    }

    @Test func `a killed apply is all or nothing`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let files = try (0...1).map { version in
            let file = scene.path("\(version).yaml")
            try scene.write(Array(course(version, materials: 500).utf8), to: file)
            return file
        }
        let first = try scene.lms("apply", files[0], token: token)
        try #require(first.status == 0, "\(first)")
        let usual = try scene.lms("apply", files[1], "--dry-run", token: token).duration
        var moments = KillMoments(usual: usual, seed: 7)
        var version = 0
        for number in 0..<200 where number < 50 || !moments.isEnough {
            let process = try scene.start(
                scene.launch(["apply", files[1 - version], "-q"], database: scene.database, token: token))
            let end = process.end(after: moments.next())
            let state = try scene.sql(
                """
                SELECT DISTINCT substr(course.title, 9) || substr(material.description, 6, 1)
                FROM course, material
                """)
            #expect(["00", "11"].contains(state), "half of it: \(state)")
            moments.note(end, isDone: state == "\(1 - version)\(1 - version)")
            version = state == "11" ? 1 : 0
        }
        #expect(moments.isEnough, "too few to tell: \(moments)")
        #expect(try scene.sql("PRAGMA integrity_check; PRAGMA foreign_key_check") == "ok")
        // One entry for each act that was done, and none for any other.
        let entries = try scene.sql("SELECT count(*) FROM audit WHERE action = 'course.apply'")
        #expect(entries == "\(moments.done + 1)")
        #expect(try scene.sql("SELECT count(*), max(position) FROM material") == "500|500")
        // No repair is needed.
        #expect(try scene.lms("apply", files[0], token: token).status == 0)
        #expect(try scene.lms("diff", files[0], token: token).status == 0)
        #expect(try scene.lms("db", "check").status == 0)
    }

    @Test func `a bomb is refused at once and in little memory`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let nine = { (name: String) in Array(repeating: name, count: 9).joined(separator: ", ") }
        let bomb = (1...30).reduce("a0: &a0 [\(nine("x"))]\n") {
            $0 + "a\($1): &a\($1) [\(nine("*a\($1 - 1)"))]\n"
        }
        let flood = "course: A-1\ntitle: A\nstudents: [" + String(repeating: "*a, ", count: 20_000) + "]\n"
        for text in [bomb, flood, bomb + "? *a30\n: 1\n"] {
            let file = scene.path("bomb.yaml")
            try scene.write(Array(text.utf8), to: file)
            let launch = scene.launch(["apply", file], database: scene.database, token: token)
            // 256 MiB of address space would not even hold the program's own: it is bounded by its data.
            let outcome = try scene.shell("ulimit -d 262144; exec \"$@\"", launch)
            #expect(outcome.status == 65 && outcome.duration < 2, "\(outcome)")
            #expect(outcome.errors.contains("anchors and aliases"), "\(outcome)")
        }
    }

    @Test func `many tiny values are refused in little memory`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let file = scene.path("many.yaml")
        let text = "course: A-1\ntitle: A\nstudents:\n" + String(repeating: "- a\n", count: 15 << 20)
        try scene.write(Array(text.utf8), to: file)
        let launch = scene.launch(["apply", file], database: scene.database, token: token)
        // The text itself has 60 MiB, and is there as bytes and as text.
        let outcome = try scene.shell("ulimit -d 524288; exec \"$@\"", launch)
        #expect(outcome.status == 65 && outcome.errors.contains("300000 values"), "\(outcome)")
    }

    @Test func `what goes is shown and asked for`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let (whole, less) = (scene.path("whole.yaml"), scene.path("less.yaml"))
        try scene.write(Array(course(0, materials: 2).utf8), to: whole)
        try scene.write(Array("course: BIG\nmaterials: [{title: Week 2}]\n".utf8), to: less)
        #expect(try scene.lms("apply", whole, token: token).status == 0)
        for answer in ["n\n", "\n", "\u{4}"] {
            let terminal = try prune(scene, less, token)
            terminal.type(answer)
            #expect(try terminal.end() == 0)
            #expect(terminal.screen.contains("Nothing was changed."))
            #expect(try scene.sql("SELECT count(*) FROM material") == "2")
        }
        // What is there when the answer comes is not what was shown.
        let outdated = try prune(scene, less, token)
        #expect(
            try scene.lms("material", "add", "BIG", "Week 3", "--description", "x", token: token).status == 0)
        outdated.type("y\n")
        #expect(try outdated.end() == 75)
        #expect(try scene.sql("SELECT count(*) FROM material") == "3")
        let terminal = try prune(scene, less, token)
        terminal.type("y\n")
        #expect(try terminal.end() == 0)
        #expect(try scene.sql("SELECT title, position FROM material") == "Week 2|1")
    }

    private func prune(_ scene: ProgramScene, _ file: String, _ token: String) throws -> Pseudoterminal {
        let terminal = try Pseudoterminal(
            scene.launch(["apply", "--prune", file], database: scene.database, token: token))
        try terminal.expect("[y/N]")
        #expect(terminal.screen.contains("- material BIG: Week 1"))
        return terminal
    }

    @Test func `every size of file is bounded`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        let large = scene.path("large.yaml")
        _ = FileManager.default.createFile(atPath: large, contents: nil)
        truncate(large, (64 << 20) + 1)
        let outcome = try scene.lms("apply", large, token: token)
        #expect(outcome.status == 65 && outcome.errors.contains("too large"), "\(outcome)")
        let file = scene.path("a.yaml")
        try scene.write(Array("course: A-1\ntitle: A\ndescription_file: a.md\n".utf8), to: file)
        try scene.write(Array(repeating: UInt8(ascii: "x"), count: (1 << 20) + 1), to: scene.path("a.md"))
        let long = try scene.lms("apply", file, token: token)
        #expect(long.status == 65 && long.errors.contains("a.yaml:3:19: "), "\(long)")
        // A pipe that nobody writes to is not waited for.
        unlink(scene.path("a.md"))
        mkfifo(scene.path("a.md"), 0o600)
        let pipe = try scene.lms("apply", file, token: token)
        #expect(pipe.status == 65 && pipe.duration < 5, "\(pipe)")
        #expect(try scene.sql("SELECT count(*) FROM course") == "0")
    }
}
