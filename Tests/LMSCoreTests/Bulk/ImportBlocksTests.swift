import LMSDatabase
import LMSTestSupport
import Testing

@testable import LMSCore

/// Imports of more rows than an engine that is asked over a network is asked about at once, which is 4,096.
@Suite struct ImportBlocksTests {
    let scene: BulkScene
    var world: World { scene.world }

    init() throws { scene = try BulkScene() }

    private static let many = 4500

    private static func users(_ count: Int) -> String {
        "username,role\nani,teacher\n" + (1...count).map { "murid\($0),student\n" }.joined()
    }

    /// Rows that go round all courses, so that each course has some in every block.
    private static func school(courses: Int, rows: Int) -> [String: String] {
        [
            "users": users(rows / courses + 1),
            "courses": "code,title,teacher\n" + (1...courses).map { "c-\($0),Course \($0),ani\n" }.joined(),
            "enrollments": "course,student\n"
                + (0..<rows).map { "c-\($0 % courses + 1),murid\($0 / courses + 1)\n" }.joined(),
            "materials": "course,title,description\n"
                + (0..<rows).map { "c-\($0 % courses + 1),Week \($0 / courses + 1),Read \($0).\n" }.joined(),
        ]
    }

    @Test func `all rows come, in their order and without a gap; again, nothing changes; all is found`() async throws {
        let school = Self.school(courses: 7, rows: Self.many)
        #expect(
            try await scene.bring(school) == [
                "users 644 created", "courses 7 created", "enrollments 4500 created", "materials 4500 created",
            ])
        for table: SQL in ["users", "course", "enrollment", "material"] {
            #expect(try await world.count("SELECT max(id) - count(*) FROM \(table)") == 0, "\(table) has a gap")
        }
        let order: [String] = try await world.database.read { connection in
            try connection.rows("SELECT description FROM material ORDER BY id").map { try $0["description"] }
        }
        #expect(order == (0..<Self.many).map { "Read \($0)." })
        // Positions, texts and entries are as the program's own checks want them.
        #expect(try await scene.world.anyone.operate(CheckSearch()))
        #expect(
            try await world.count(
                """
                SELECT count(*) FROM (
                    SELECT course_id FROM material GROUP BY course_id
                    HAVING min(position) <> 1 OR max(position) <> count(*) OR count(DISTINCT position) <> count(*)) AS broken
                """) == 0)
        let before = try await world.dump()
        #expect(
            try await scene.bring(school) == [
                "users 644 unchanged", "courses 7 unchanged", "enrollments 4500 unchanged",
                "materials 4500 unchanged",
            ])
        #expect(try await world.dump() == before)
    }

    @Test func `what comes after an import has the next id`() async throws {
        try await scene.bring(["users": BulkScene.people, "courses": BulkScene.courses])
        try await scene.bring(["courses": "code,title,teacher\nBIO-101,Biology,ani\nNEW-1,New,ani\nnew-1,New,ani\n"])
        let teacher = try await world.teacher()
        _ = try await teacher.makeCourse("after")
        #expect(try await world.count("SELECT count(*) FROM course WHERE id = 3 AND code = 'after'") == 1)
        #expect(teacher.id.rawValue == 4)
    }

    @Test func `a row that repeats one of the same block, of an earlier one or of the database is unchanged`() async throws {
        try await scene.bring([
            "users": Self.users(1), "courses": "code,title,teacher\nOLD,Old,ani\n", "enrollments": "course,student\nOLD,murid1\n",
            "materials": "course,title,description\nOLD,Week 0,Read.\n",
        ])
        let old = ["OLD,Week 0,Read.", "old,Week 0,Read."]
        let new = (1...Self.many).map { "OLD,Week \($0),Read." }
        let materials = old + new.prefix(10) + ["old,Week 1,Read."] + new.dropFirst(10) + ["OLD,Week 2,Read.", old[0]]
        let users = ["MURID1,student"] + (1...Self.many).map { "murid\($0),student" } + ["Murid2,student", "murid1,student"]
        let seats =
            ["OLD,murid1"] + (1...Self.many).map { "OLD,murid\($0)" } + ["old,MURID4500", "OLD,murid2"]
        let courses =
            (1...Self.many).map { "c-\($0),Course \($0),ani" } + ["C-4500,Course 4500,ani", "C-1,Course 1,Ani", "old,Old,ani"]
        #expect(
            try await scene.bring([
                "users": "username,role\n" + users.joined(separator: "\n"),
                "courses": "code,title,teacher\n" + courses.joined(separator: "\n"),
                "enrollments": "course,student\n" + seats.joined(separator: "\n"),
                "materials": "course,title,description\n" + materials.joined(separator: "\n"),
            ]) == [
                "users 4499 created 4 unchanged", "courses 4500 created 3 unchanged", "enrollments 4499 created 4 unchanged",
                "materials 4500 created 5 unchanged",
            ])
        #expect(try await world.count("SELECT max(position) FROM material") == 4501)
    }

    @Test func `a row that contradicts one of an earlier block or of the same is refused with its place, and nothing is left`()
        async throws
    {
        let before = try await world.dump()
        let users = Self.users(Self.many) + "murid4500,teacher\nmurid1,teacher\n"
        #expect(
            try await scene.problems(["users": users], .update) == [
                "users.csv:4503:11: 'murid4500' is in an earlier row too, with another role",
                "users.csv:4504:8: 'murid1' is in an earlier row too, with another role",
            ])
        var school = Self.school(courses: 5, rows: Self.many)
        school["materials"]? += "c-1,Week 1,Other.\nC-5,Week  900,Other.\n"
        #expect(
            try await scene.problems(school, .update) == [
                "materials.csv:4502:12: 'Week 1' is in an earlier row too, with another description",
                "materials.csv:4503:15: 'Week  900' is in an earlier row too, with another description",
            ])
        #expect(try await world.dump() == before)
    }

    @Test func `a bad row behind several blocks is named with its place, and nothing is left`() async throws {
        let before = try await world.dump()
        var school = Self.school(courses: 5, rows: 9000)
        school["enrollments"]? += "c-1,nobody\nc-6,murid1\nc-1,ani\n"
        school["materials"]? += "c-6,Week 1,x\nc-1,,x\n"
        #expect(
            try await scene.problems(school) == [
                "enrollments.csv:9002:5: there is no user 'nobody'", "enrollments.csv:9003:1: there is no course 'c-6'",
                "enrollments.csv:9004:5: 'ani' is a teacher, and a roster has students",
                "materials.csv:9002:1: there is no course 'c-6'", "materials.csv:9003:5: the title is empty",
            ])
        #expect(try await world.dump() == before)
    }

    @Test func `a row that was updated is seen by the same row again, in its block and in a later one`() async throws {
        let rows = (1...Self.many).map { "c-1,Week \($0),Read.\n" }.joined()
        try await scene.bring([
            "users": Self.users(2), "courses": "code,title,teacher\nc-1,One,ani\nc-2,Two,ani\n",
            "enrollments": "course,student,status\nc-1,murid1,pending\n", "materials": "course,title,description\n\(rows)",
        ])
        let other = "c-1,Week 1,Write.\nc-1,Week 1,Write.\n"
        #expect(
            try await scene.bring(
                [
                    "users": "username,role,disabled\nmurid1,student,yes\nMURID1,student,yes\n",
                    "courses": "code,title,teacher\nc-1,Uno,ani\nC-1,Uno,ani\n",
                    "enrollments": "course,student,status\nc-1,murid1,enrolled\nc-1,murid1,enrolled\n",
                    "materials":
                        "course,title,description\n\(other)\(rows.replacing("c-1,Week 1,Read.\n", with: ""))c-1,Week 1,Write.\n",
                ], .update) == [
                    "users 1 updated 1 unchanged", "courses 1 updated 1 unchanged", "enrollments 1 updated 1 unchanged",
                    "materials 1 updated 4501 unchanged",
                ])
        #expect(
            try await scene.problems(["courses": "code,title,teacher\nc-2,Dos,ani\nc-2,Due,ani\n"], .update)
                == ["courses.csv:3:5: 'c-2' is in an earlier row too, with another title"])
        #expect(try await world.anyone.operate(CheckSearch()))
    }

    /// The second title of each table looks like the first, so that both rows are about one material.
    @Test func `a material that two rows of a block name by titles that look the same is one material`() async throws {
        try await scene.bring([
            "users": Self.users(1), "courses": "code,title,teacher\nc-1,One,ani\n",
            "materials": "course,title,description\nc-1,Week 2,Read.\n",
        ])
        func materials(_ texts: String...) -> [String: String] {
            let titles = ["Week  2", "Week 2"]
            return ["materials": "course,title,description\n" + zip(titles, texts).map { "c-1,\($0),\($1)\n" }.joined()]
        }
        let before = try await world.dump()
        #expect(
            try await scene.problems(materials("Write.", "Read."), .update) == [
                "materials.csv:3:12: 'Week 2' is in an earlier row too, with another description"
            ])
        #expect(try await world.dump() == before)
        #expect(try await scene.bring(materials("Write.", "Write."), .update) == ["materials 1 updated 1 unchanged"])
    }

    /// U+212A is lower-cased to `k`, and Swift holds it to be the same as `K`.
    @Test func `a name with a sign that only folds to a letter is nobody's`() async throws {
        let users = "username,role\nkani,student\nkoh,teacher\n"
        try await scene.bring(["users": users, "courses": "code,title,teacher\nK-1,One,koh\n"])
        #expect(
            try await scene.problems([
                "courses": "code,title,teacher\nc-1,One,koh\nc-2,Two,\u{212a}oh\n",
                "enrollments": "course,student\nK-1,kani\nK-1,\u{212a}ani\n\u{212a}-1,kani\n",
            ]) == [
                "courses.csv:3:9: there is no user '\u{212a}oh'",
                "enrollments.csv:3:5: there is no user '\u{212a}ani'",
                "enrollments.csv:4:1: there is no course '\u{212a}-1'",
            ])
    }

    /// Marks are put in order each time that such a text is hashed as a `String`: a minute for this one.
    @Test func `a name of very many marks is nobody's at once`() async throws {
        let marks = "a" + String(repeating: "\u{301}\u{323}", count: 100_000)
        try await scene.bring(["users": Self.users(1), "courses": "code,title,teacher\nc-1,One,ani\n"])
        let start = ContinuousClock.now
        let problems = try await scene.problems(["enrollments": "course,student\nc-1,murid1\nc-1,\(marks)\n\(marks),murid1\n"])
        #expect(problems.count == 2)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    // MARK: - Texts

    /// What COPY and CSV give a meaning, also as cells with quotes around them.
    private static let texts = [
        "\\", "\\.", "a\n\\.\nb", "\\N", "a\tb", "a\nb", "\n", "a\\nb", "{\"x\",NULL}", "\u{20ac}\\",
        String(repeating: "\\x\n\u{e9}\t", count: 170_000), String(repeating: "b", count: 1 << 20),
    ]

    private static func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }

    private static let written: [String: String] = [
        "users": "username,role\nani,teacher\n",
        "courses": "code,title,teacher,description\nnone,\\.,ani,\n"
            + texts.enumerated().map { "c-\($0),a\\b \($0),ani,\(quoted($1))\n" }.joined(),
        "materials": "course,title,description\nnone,\\N,\n"
            + texts.enumerated().map { "none,\\. \($0),\(quoted($1))\n" }.joined(),
    ]

    @Test func `texts come in byte for byte, and an empty one is not the same as none`() async throws {
        try await scene.bring(Self.written)
        let (courses, materials): ([String?], [String?]) = try await world.database.read { connection in
            (
                try connection.rows("SELECT description FROM course ORDER BY id").map { try $0["description"] },
                try connection.rows("SELECT description FROM material ORDER BY id").map { try $0["description"] }
            )
        }
        func bytes(_ texts: [String?]) -> [[UInt8]?] { texts.map { $0.map { Array($0.utf8) } } }
        #expect(bytes(courses) == bytes([nil] + Self.texts))
        #expect(bytes(materials) == bytes([""] + Self.texts))
        #expect(try await scene.text("SELECT title FROM material WHERE description = ''") == "\\N")
        let again = try await scene.bring(Self.written, .update)
        #expect(again == ["users 1 unchanged", "courses 13 unchanged", "materials 13 unchanged"])
        #expect(try await world.anyone.operate(CheckSearch()))
    }

    @Test func `a text that differs in its last byte alone is another one, however long it is`() async throws {
        try await scene.bring(Self.written)
        let other = Self.written.mapValues { $0.replacing("b\"\n", with: "c\"\n") }
        #expect(
            try await scene.bring(other, .update)
                == ["users 1 unchanged", "courses 5 updated 8 unchanged", "materials 5 updated 8 unchanged"])
        #expect(try await world.count("SELECT count(*) FROM course WHERE description LIKE '%c'") == 5)
        #expect(try await world.count("SELECT count(*) FROM material WHERE description LIKE '%c'") == 5)
    }

    @Test func `a copy to another database and back is the same`() async throws {
        var school = Self.written
        school["users"]? += "siti,student\n"
        school["enrollments"] = "course,student,status\nc-1,siti,pending\n"
        try await scene.bring(school)
        _ = try await world.student("budi").join(CourseReference("c-2"))
        let other = World(database: try SQLiteDatabase.inMemory(schema: .lms))
        let back = try World()
        let copy = try await world.anyone.operate(CopyDatabase(to: other.database)).record
        #expect(copy.students == 2 && copy.courses == 13 && copy.materials == 13)
        _ = try await other.anyone.operate(CopyDatabase(to: back.database))
        #expect(try await back.dump() == world.dump())
        #expect(try await back.anyone.operate(CheckSearch()))
    }
}
