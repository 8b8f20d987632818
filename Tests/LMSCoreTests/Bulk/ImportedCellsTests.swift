import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// The cells of an imported table.
///
/// What spreadsheets and copying do to the cells of a table.
@Suite struct ImportedCellsTests {
    let scene: BulkScene

    init() throws { scene = try BulkScene() }

    /// Blanks and invisible characters of every kind.
    static let blanks = [
        " ", "\t", "\u{a0}", "\u{2003}", "\u{3000}", "\u{200b}", "\u{feff}", "\u{2060}", "\u{ad}", "\u{200e}",
    ]

    @Test(arguments: blanks)
    func `blanks and invisible characters around names, dates, words and numbers are no part of them`(blank: String) async throws {
        func cells(_ cells: String...) -> String {
            cells.map { "\(blank)\($0)\(blank)" }.joined(separator: ",") + "\n"
        }
        let files = [
            "users": cells("username", "role", "disabled") + cells("ani", "teacher", "")
                + cells("siti", "student", "yes"),
            "courses": cells("code", "title", "teacher", "release_date", "enrollment")
                + cells("BIO-101", "Biology", "ani", "2027-01-11", "approval"),
            "enrollments": cells("course", "student", "date_entry", "status")
                + cells("BIO-101", "siti", "2026-11-23T12:00:00Z", "pending"),
            "materials": cells("course", "title", "position", "description")
                + "\(blank)BIO-101\(blank),\(blank)Week 1\(blank),\(blank)1\(blank),\(blank)x\(blank)\n",
        ]
        #expect(
            try await scene.bring(files)
                == ["users 2 created", "courses 1 created", "enrollments 1 created", "materials 1 created"])
        #expect(
            try await scene.text("SELECT min(username || role) || ',' || max(username || role) FROM users")
                == "aniteacher,sitistudent")
        #expect(
            try await scene.text("SELECT code || title || release_date FROM course")
                == "BIO-101Biology2027-01-11")
        #expect(try await scene.text("SELECT title FROM material") == "Week 1")
        // A description is its bytes.
        #expect(try await scene.text("SELECT description FROM material") == "\(blank)x\(blank)")
    }

    @Test func `inside a name they are shown`() async throws {
        let problems = try await scene.problems([
            "users": "username,role\nsi\u{200b}ti,student\nsi\u{a0}ti,student\n"
        ])
        #expect(
            problems == [
                "users.csv:2:1: 'si\\u{200b}ti' cannot be a username",
                "users.csv:3:1: 'si\\u{a0}ti' cannot be a username",
            ])
        try await scene.bring(["users": BulkScene.people, "courses": BulkScene.courses])
        #expect(
            try await scene.problems(["enrollments": "course,student\nBIO\u{ad}-101,si\u{2060}ti\n"]) == [
                "enrollments.csv:2:1: there is no course 'BIO\\u{ad}-101'",
                "enrollments.csv:2:10: there is no user 'si\\u{2060}ti'",
            ])
    }

    @Test(arguments: blanks)
    func `a password is never trimmed: blanks at its ends are refused`(blank: String) async throws {
        for cell in [
            "melati di sawah\(blank)", "\(blank)melati di sawah", "\"melati di sawah\(blank)\"",
            blank + blank,
        ] {
            let problems = try await scene.problems([
                "users": "username,role,password\nrina,student,\(cell)\n"
            ])
            #expect(
                problems == [
                    "users.csv:2:14: this password begins or ends with a blank, or with a character that nobody sees"
                ])
        }
        let hash = "$argon2id$v=19$m=1,t=1,p=1$AAAA$AAAA"
        let problems = try await scene.problems([
            "users": "username,role,password_hash\nrina,student,\"\(hash)\(blank)\"\n"
        ])
        #expect(problems.first?.hasPrefix("users.csv:2:14: this password begins or ends") == true)
        #expect(
            try await scene.bring(["users": "username,role,password\nrina,student,melati\(blank)di sawah\n"])
                == ["users 1 created"])
    }

    @Test func `dates as spreadsheets show them are refused, and the form is told once`() async throws {
        try await scene.bring(["users": BulkScene.people])
        let dates = [
            "11/01/2027", "2027-1-5", "2027-02-29", "46398", "2027-01-11T00:00:00Z", "5 Januari 2027",
        ]
        let rows = dates.enumerated().map { "KIM-\($0),Kimia,ani,\($1)\n" }.joined()
        let error = try await scene.world.expectRefusal(.invalid) {
            try await scene.bring(["courses": "code,title,teacher,release_date\n\(rows)"])
        }
        #expect(error?.problems?.count == dates.count)
        let rules = error?.hint?.split(separator: "\n") ?? []
        #expect(rules.count == 2)
        #expect(rules.first?.contains("2027-01-11") == true)
        #expect(rules.last?.contains("YYYY-MM-DD") == true)
    }

    @Test func `text in 8 bits is refused with the way out, told once`() async throws {
        let bytes =
            Array("username,role\nren".utf8) + [0xe9] + Array(",student\nzo".utf8) + [0xeb]
            + Array(",student\n".utf8)
        let error = try await scene.world.expectRefusal(.invalid) {
            let useCase = try ImportFiles(from: MemoryFolder(files: ["users.csv": bytes]))
            _ = try await scene.world.anyone.operate(useCase)
        }
        #expect(
            error?.problems?.map(\.text)
                == ["users.csv:2:4: this is not UTF-8 text", "users.csv:3:3: this is not UTF-8 text"])
        #expect(error?.hint == "Save it as CSV UTF-8.")
    }

    @Test func `UTF-16 with tabs, as Excel calls Unicode text, is read, and told`() async throws {
        let text = "username\trole\tpassword\r\nrina\tstudent\tmelati di tepi sawah\r\n"
        let bytes: [UInt8] = [0xff, 0xfe] + text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        let useCase = try ImportFiles(from: MemoryFolder(files: ["users.csv": bytes]))
        let totals = try await scene.world.anyone.operate(useCase)
        #expect(totals.map(\.created) == [1])
        #expect(totals.map(\.dialect) == ["text in UTF-16 and cells separated by tabs"])
        let world = scene.world
        #expect(try await world.text("SELECT username FROM users") == "rina")
    }
}
