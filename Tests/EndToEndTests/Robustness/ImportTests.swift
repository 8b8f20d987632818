import Foundation
import Testing

extension Robustness {
    @Suite struct Import {}
}

extension Robustness.Import {
    /// A school in CSV files: teachers, students, courses, materials, enrollments.
    private func school(
        _ scene: ProgramScene, teachers: Int = 20, students: Int = 500, courses: Int = 100,
        materials: Int = 2000,
        enrollments: Int = 8000
    ) throws -> String {
        let folder = scene.path("school")
        mkdir(folder, 0o700)
        func write(_ name: String, _ header: String, _ rows: [String]) throws {
            let text = header + "\n" + rows.joined(separator: "\n") + "\n"
            try scene.write(Array(text.utf8), to: "\(folder)/\(name).csv")
        }
        try write(
            "users", "username,role",
            (1...teachers).map { "teacher\($0),teacher" } + (1...students).map { "student\($0),student" })
        try write(
            "courses", "code,title,teacher,description",
            (1...courses).map { "course-\($0),Course \($0),teacher\(1 + $0 % teachers),What it is about." })
        try write(
            "materials", "course,title,description",
            (0..<materials).map {
                "course-\(1 + $0 % courses),Week \(1 + $0 / courses),\"Read, and answer.\n\""
            })
        try write(
            "enrollments", "course,student",
            (0..<enrollments).map {
                "course-\(1 + $0 % courses),student\(1 + ($0 % courses * 7 + $0 / courses) % students)"
            })
        return folder
    }

    @Test func `a school comes once and is unchanged the second time`() throws {
        let scene = try ProgramScene()
        let folder = try school(scene)
        let first = try scene.lms("db", "import", folder)
        #expect(first.status == 0, "\(first)")
        #expect(
            first.output == """
                users.csv\t520\t0\t0\t0
                courses.csv\t100\t0\t0\t0
                enrollments.csv\t8000\t0\t0\t0
                materials.csv\t2000\t0\t0\t0

                """)
        let before = try scene.sql(".dump")
        let second = try scene.lms("db", "import", folder, "--json")
        #expect(second.status == 0, "\(second)")
        #expect(
            second.output.contains(
                #""file":"enrollments.csv","created":0,"updated":0,"unchanged":8000,"skipped":0"#))
        #expect(try scene.sql(".dump") == before)
        #expect(try scene.lms("db", "check").status == 0)
    }

    @Test func `a bad row near the end is named and nothing is imported`() throws {
        let scene = try ProgramScene()
        let folder = try school(scene, courses: 1, materials: 1, enrollments: 1)
        for name in ["courses", "enrollments", "materials"] { unlink("\(folder)/\(name).csv") }
        var rows = (1...20_000).map { "user\($0),student" }
        rows[19_998] = "not a name,student"
        try scene.write(
            Array(("username,role\n" + rows.joined(separator: "\n")).utf8), to: folder + "/users.csv")
        let outcome = try scene.lms("db", "import", folder)
        #expect(
            outcome.status == 65 && outcome.errors.contains("/users.csv:20000:1: 'not a name'"), "\(outcome)")
        #expect(try scene.sql("SELECT count(*) FROM users") == "0")
        for index in 0..<35 { rows[index * 500] = "not a name \(index),student" }
        try scene.write(
            Array(("username,role\n" + rows.joined(separator: "\n")).utf8), to: folder + "/users.csv")
        let many = try scene.lms("db", "import", folder)
        #expect(many.status == 65 && many.errors.contains("36 problems, of which 20 are named"), "\(many)")
        #expect(many.errors.split(separator: "\n").filter { $0.contains("/users.csv:") }.count == 20)
        #expect(try scene.sql("SELECT count(*) FROM users") == "0")
    }

    /// Rows that are many, and rows that are long: what is kept of each is little.
    @Test func `memory does not grow with the rows`() throws {
        let scene = try ProgramScene()
        func peak(_ name: String, users: Int, texts: Int) throws -> Int {
            let folder = scene.path(name)
            mkdir(folder, 0o700)
            let text = String(repeating: "sel ", count: 15_000)
            for (file, header, rows) in [
                ("users", "username,role", ["guru,teacher"] + (0..<users).map { "murid\($0),student" }),
                ("courses", "code,title,teacher", ["bio,Biologi,guru"]),
                ("materials", "course,title,description", (0..<texts).map { "bio,Minggu \($0),\(text)" }),
            ] {
                let bytes = Array((header + "\n" + rows.joined(separator: "\n")).utf8)
                try scene.write(bytes, to: "\(folder)/\(file).csv")
            }
            let process = try scene.start(
                scene.launch(["db", "import", folder], database: scene.path(name + ".db")))
            let (outcome, peak) = process.waitMeasuringMemory()
            #expect(outcome.status == 0, "\(outcome)")
            return peak
        }
        let little = try peak("little", users: 1000, texts: 20)
        let many = try peak("many", users: 500_000, texts: 20)
        let long = try peak("long", users: 1000, texts: 400)
        print("An import's memory: \(little) MiB, of 500,000 rows \(many), of 24 MB of texts \(long)")
        #expect(little > 10)
        // Most of it is SQLite's page cache, which is bounded.
        #expect(many - little < 40, "\(many) MiB, and of few \(little)")
        #expect(long - little < 30, "\(long) MiB, and of few \(little)")
    }

    @Test func `a killed import is all or nothing`() throws {
        let scene = try ProgramScene()
        let folder = try school(scene, courses: 100, materials: 11_480, enrollments: 8000)
        let usual = try scene.lms("db", "import", folder, "--dry-run").duration
        var moments = KillMoments(usual: usual, seed: 11)
        for number in 0..<200 where number < 50 || !moments.isEnough {
            let database = scene.path("kill\(number).db")
            #expect(try scene.run(scene.launch(["db", "init"], database: database)).status == 0)
            let process = try scene.start(scene.launch(["db", "import", folder], database: database))
            let end = process.end(after: moments.next())
            let rows = try scene.sql(
                """
                SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM course)
                    + (SELECT count(*) FROM enrollment) + (SELECT count(*) FROM material)
                """, in: database)
            #expect(["0", "20100"].contains(rows), "half of it: \(rows)")
            moments.note(end, isDone: rows != "0")
            #expect(try scene.sql("PRAGMA integrity_check; PRAGMA foreign_key_check", in: database) == "ok")
            guard number.isMultiple(of: 10) else { continue }
            // No repair is needed.
            #expect(try scene.run(scene.launch(["db", "import", folder], database: database)).status == 0)
            #expect(try scene.run(scene.launch(["db", "check"], database: database)).status == 0)
        }
        #expect(moments.isEnough, "too few to tell: \(moments)")
    }
}
