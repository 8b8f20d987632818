import LMSDatabase
import LMSTestSupport
import Testing

@testable import LMSCore

/// Importing a school.
@Suite struct ImportTests {
    let scene: BulkScene
    var world: World { scene.world }

    init() throws { scene = try BulkScene() }

    private func school(_ more: [String: String] = [:]) -> [String: String] {
        ["users": BulkScene.people, "courses": BulkScene.courses].merging(more) { _, new in new }
    }

    private func titles() async throws -> [String] {
        try await world.database.read { connection in
            try connection.rows("SELECT title FROM material ORDER BY course_id, position").map {
                try $0["title"]
            }
        }
    }

    // MARK: - Twice

    @Test func `a second run changes nothing`() async throws {
        let files = school([
            "enrollments": "course,student,status\nBIO-101,siti,\nbio-101,BUDI,pending\n",
            "materials": "course,title,description\nBIO-101,Week 1,Read.\nBIO-101,Week 2,Write.\n",
        ])
        #expect(
            try await scene.bring(files) == [
                "users 3 created", "courses 1 created", "enrollments 2 created", "materials 2 created",
            ])
        let before = try await world.dump()
        for policy in ConflictPolicy.allCases {
            #expect(
                try await scene.bring(files, policy) == [
                    "users 3 unchanged", "courses 1 unchanged", "enrollments 2 unchanged",
                    "materials 2 unchanged",
                ])
        }
        #expect(try await world.dump() == before)
    }

    @Test func `the same row twice in one file is there once`() async throws {
        let files = [
            "users": "username,role\nani,teacher\nsiti,student\nSITI,student\n",
            "courses": "code,title,teacher\nBIO-101,Biology,ani\nbio-101,Biology,Ani\n",
            "enrollments": "course,student\nBIO-101,siti\nBIO-101,siti\n",
            "materials": "course,title,description\nBIO-101,Week 1,Read.\nBIO-101,Week 1,Read.\n",
        ]
        #expect(
            try await scene.bring(files) == [
                "users 2 created 1 unchanged", "courses 1 created 1 unchanged",
                "enrollments 1 created 1 unchanged", "materials 1 created 1 unchanged",
            ])
        #expect(try await scene.text("SELECT username FROM users WHERE role = 'student'") == "siti")
    }

    @Test func `a title that looks like another one's is that material, be it in the file or in the course`() async throws {
        try await scene.bring(
            school([
                "materials": "course,title,description\nBIO-101,Week 1,Read.\nBIO-101,Week\u{a0}2,Write.\n"
            ]))
        #expect(
            try await scene.bring([
                "materials":
                    "course,title,description\nbio-101,Week\u{a0}1,Read.\nBIO-101,We\u{200b}ek  2,Write.\n"
            ]) == ["materials 2 unchanged"])
        let twins = ["materials": "course,title,description\nBIO-101,Week  1,Rest.\n"]
        #expect(try await scene.problems(twins, code: .conflict).count == 1)
        #expect(try await scene.bring(twins, .update) == ["materials 1 updated"])
        #expect(try await titles() == ["Week 1", "Week\u{a0}2"])
        let twice = [
            "courses": "code,title,teacher\nNEW-1,New,ani\n",
            "materials": "course,title,description\nNEW-1,A\u{a0}b,x\nNEW-1,C,x\nNEW-1,A b,y\n",
        ]
        let found = try await scene.problems(twice)
        #expect(found.count == 1 && found[0].contains("4:") && found[0].contains("in an earlier row too"))
    }

    @Test func `two rows that contradict each other are refused, whatever is done with conflicts`() async throws {
        let files = [
            "users": "username,role\nani,teacher\nsiti,student\nsiti,teacher\n",
            "courses": "code,title,teacher\nBIO-101,Biology,ani\nBIO-101,Chemistry,ani\n",
            "materials": "course,title,description\nBIO-101,Week 1,Read.\nBIO-101,Week 1,Write.\n",
        ]
        for policy in ConflictPolicy.allCases {
            #expect(
                try await scene.problems(files, policy) == [
                    "users.csv:4:6: 'siti' is in an earlier row too, with another role",
                    "courses.csv:3:9: 'BIO-101' is in an earlier row too, with another title",
                    "materials.csv:3:16: 'Week 1' is in an earlier row too, with another description",
                ])
        }
    }

    @Test func `two rows that contradict each other about what is there are refused too`() async throws {
        try await scene.bring(school())
        let files = ["courses": "code,title,teacher\nBIO-101,Botany,ani\nBIO-101,Zoology,ani\n"]
        #expect(
            try await scene.problems(files, .update)
                == ["courses.csv:3:9: 'BIO-101' is in an earlier row too, with another title"])
    }

    @Test func `titles are composed, so that spellings of a letter are one; texts stay as they are`() async throws {
        let header = "course,title,description\n"
        let decomposed = school(["materials": header + "BIO-101,e\u{301},e\u{301}\n"])
        #expect(try await scene.bring(decomposed).last == "materials 1 created")
        #expect(try await titles().map { Array($0.utf8) } == [Array("\u{e9}".utf8)])
        let text = try await scene.text("SELECT description FROM material")
        #expect(text.map { Array($0.utf8) } == Array("e\u{301}".utf8))
        let composed = ["materials": header + "BIO-101,\u{e9},e\u{301}\n"]
        #expect(try await scene.bring(composed) == ["materials 1 unchanged"])
        let otherText = ["materials": header + "BIO-101,\u{e9},\u{e9}\n"]
        #expect(
            try await scene.problems(otherText, code: .conflict)
                == ["materials.csv:2:11: '\u{e9}' is there already, with another description"])
    }

    // MARK: - All or nothing

    @Test func `everything wrong is named in one pass, and nothing is imported`() async throws {
        let files = [
            "users": "username,role,disabled\nani,teacher,\na b,student,\nsiti,student,no\n",
            "courses": "code,title,teacher,enrollment\nBIO-101,Biology,ani,\n1,,siti,maybe\n",
            "enrollments": "course,student,date_entry,status\nBIO-101,ani,yesterday,in\nX-1,budi,,\n",
            "materials": "course,title,description,position\nBIO-101,Week 1,Read.,0\nBIO-101,,,\n",
        ]
        #expect(
            try await scene.problems(files) == [
                "users.csv:3:1: 'a b' cannot be a username",
                "users.csv:4:14: 'no' says nothing about disabled",
                "courses.csv:3:1: '1' cannot be a course code",
                "courses.csv:3:3: the title is empty",
                "courses.csv:3:9: 'enrollment' is one of open, approval, closed, key, not 'maybe'",
                "enrollments.csv:2:9: 'ani' is a teacher, and a roster has students",
                "enrollments.csv:2:13: 'yesterday' is not an instant",
                "enrollments.csv:2:23: 'in' is no status",
                "enrollments.csv:3:1: there is no course 'X-1'",
                "enrollments.csv:3:5: there is no user 'budi'",
                "materials.csv:2:22: '0' is not a position",
                "materials.csv:3:9: the title is empty",
            ])
    }

    @Test func `of twenty-five bad rows twenty are named, and all are counted`() async throws {
        let rows = (1...25).map { "x y \($0),student" }
        let files = ["users": "username,role\n" + rows.joined(separator: "\n")]
        let error = try await world.expectRefusal(.invalid) { try await scene.bring(files) }
        #expect(error?.message == "25 problems, of which 20 are named: nothing was changed")
        #expect(error?.problems?.map(\.line) == Array(2...21))
    }

    @Test func `a row that names a bad one is not to blame`() async throws {
        let files = [
            "users": "username,role\nani,boss\n", "courses": "code,title,teacher\nBIO-101,Biology,Ani\n",
        ]
        #expect(
            try await scene.problems(files)
                == ["users.csv:2:5: 'boss' is no role"])
    }

    @Test func `what breaks a rule is told before what is in conflict`() async throws {
        try await scene.bring(school())
        let files = [
            "users": "username,role\nsiti,teacher\n", "courses": "code,title,teacher\nX-1,,ani\n",
        ]
        #expect(try await scene.problems(files) == ["courses.csv:2:5: the title is empty"])
        let conflict = try await scene.problems(["users": "username,role\nsiti,teacher\n"], code: .conflict)
        #expect(conflict == ["users.csv:2:6: 'siti' is there already, with another role"])
    }

    @Test func `a dry run tells the same, and leaves nothing`() async throws {
        let before = try await world.dump()
        let files = school(["users": "username,role,password\nani,teacher,kapal layar di pantai\n"])
        let dryRun = try await scene.bring(files, dryRunning: true)
        #expect(try await world.dump() == before)
        #expect(try await scene.bring(files) == dryRun)
    }

    // MARK: - What is there already

    @Test func `update makes it what the row says; skip leaves it`() async throws {
        try await scene.bring(
            school([
                "enrollments": "course,student,status\nBIO-101,siti,pending\n",
                "materials": "course,title,description\nBIO-101,Week 1,Read.\n",
            ]))
        let other = [
            "users": "username,role,disabled\nbudi,student,yes\n",
            "courses": "code,title,teacher,enrollment\nBIO-101,Botany,ani,closed\n",
            "enrollments": "course,student,status\nBIO-101,siti,enrolled\n",
            "materials": "course,title,description\nBIO-101,Week 1,Write.\n",
        ]
        let before = try await world.dump()
        #expect(
            try await scene.bring(other, .skip) == [
                "users 1 skipped", "courses 1 skipped", "enrollments 1 skipped", "materials 1 skipped",
            ])
        #expect(try await world.dump() == before)
        #expect(
            try await scene.bring(other, .update) == [
                "users 1 updated", "courses 1 updated", "enrollments 1 updated", "materials 1 updated",
            ])
        #expect(try await scene.text("SELECT title || enrollment FROM course") == "Botanyclosed")
        #expect(try await scene.text("SELECT status FROM enrollment") == "enrolled")
        #expect(try await scene.text("SELECT description FROM material") == "Write.")
        #expect(try await world.count("SELECT count(*) FROM users WHERE disabled_at IS NOT NULL") == 1)
    }

    @Test func `a column that is not there is not compared; an empty description is none`() async throws {
        try await scene.bring([
            "users": "username,role\nani,teacher\n",
            "courses": "code,title,teacher,description,release_date\nBIO-101,Biology,ani,Cells.,2026-01-01\n",
        ])
        #expect(try await scene.bring(["courses": BulkScene.courses]) == ["courses 1 unchanged"])
        let emptied = ["courses": "code,title,teacher,description,release_date\nBIO-101,Biology,ani,,\n"]
        #expect(
            try await scene.problems(emptied, code: .conflict)
                == ["courses.csv:2:21: 'BIO-101' is there already, with another description"])
        #expect(try await scene.bring(emptied, .update) == ["courses 1 updated"])
        #expect(try await scene.text("SELECT release_date FROM course") == "2026-01-01")
        #expect(try await world.count("SELECT count(*) FROM course WHERE description IS NULL") == 1)
    }

    @Test func `somebody who has a course keeps the role`() async throws {
        try await scene.bring(school())
        _ = try await scene.problems(["users": "username,role\nani,student\n"], .update, code: .conflict)
        #expect(
            try await scene.bring(["users": "username,role\nbudi,teacher\n"], .update) == ["users 1 updated"])
    }

    // MARK: - Positions

    @Test func `materials stand where their rows say, the others behind each other`() async throws {
        let rows = ["c,,3", "a,,1", "x,,", "b,,2"].map { "BIO-101,\($0)\n" }.joined()
        let files = school(["materials": "course,title,description,position\n\(rows)"])
        #expect(try await scene.bring(files).last == "materials 4 created")
        #expect(try await titles() == ["a", "b", "c", "x"])
        #expect(try await scene.bring(files).last == "materials 4 unchanged")
        let turned = ["materials": "course,title,description,position\nBIO-101,x,,1\n"]
        #expect(try await scene.bring(turned, .update) == ["materials 1 updated"])
        #expect(try await titles() == ["x", "a", "b", "c"])
        #expect(try await world.count("SELECT sum(position) FROM material") == 10)
    }

    @Test func `positions leave no gap, and no two share one`() async throws {
        let gap = school(["materials": "course,title,description,position\nBIO-101,a,,3\n"])
        #expect(
            try await scene.problems(gap) == [
                "materials.csv:2:12: there would be no material before position 3: the course has 1 material"
            ])
        let shared = school(["materials": "course,title,description,position\nBIO-101,a,,1\nBIO-101,b,,1\n"])
        #expect(
            try await scene.problems(shared) == ["materials.csv:3:12: another row has position 1 too"])
    }

    // MARK: - Passwords

    @Test func `a password is hashed as it stands, and opens the account; without one it is locked`() async throws {
        let users =
            "username,role,password\nani,teacher,=kapal layar\nsiti,student,'=kapal layar\nbudi,student,\n"
        #expect(try await scene.bring(["users": users]) == ["users 3 created"])
        _ = try await world.logIn("ani", password: "=kapal layar")
        _ = try await world.logIn("siti", password: "'=kapal layar")
        await expectError(.wrongPassword) { try await world.logIn("budi") }
    }

    @Test func `the password of who is there stays, unless it is to be reset; then sessions end`() async throws {
        let siti = try await world.student()
        let row = ["users": "username,role,password\nsiti,student,hujan di sore hari\n"]
        #expect(try await scene.bring(row, .update) == ["users 1 unchanged"])
        _ = try await siti.perform(WhoAmI())
        #expect(try await scene.bring(row, resetsPasswords: true) == ["users 1 updated"])
        await expectError(.notSignedIn) { try await siti.perform(WhoAmI()) }
        _ = try await world.logIn("siti", password: "hujan di sore hari")
        await expectError(.wrongPassword) { try await world.logIn("siti") }
    }

    @Test func `a weak password is refused without its text being told`() async throws {
        let rows = ["users": "username,role,password\nsiti,student,rahasia\nbudi,student,budi\n"]
        let problems = try await scene.problems(rows)
        #expect(problems.count == 2)
        #expect(!problems.joined().contains("rahasia"))
    }
}
