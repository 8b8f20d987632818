import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// Exporting a school.
@Suite struct BulkExportTests {
    /// What editors, spreadsheets and parsers stumble over.
    static let oddTexts = [
        "", " ", "x ", " x", ",", "\"", "\"\"", "\"x\"", "a\"b,c", "\n", "\r\n", "\r", "a\rb", "a\r\nb\n",
        "x\n\n", "\tx\t", "=1+1", "+62", "-", "@ani", "'=1", "''-1", "'", "'x", "'tis", "---", "# x", "null",
        "1e5", "0012", "生物学 😀", "e\u{301} \u{e9}", "\u{1f468}\u{200d}\u{1f469}", "\u{fffd}", ";", "a;b\tc",
        String(repeating: "\"", count: 1000),
    ]

    private func seeded() async throws -> BulkScene {
        let scene = try BulkScene()
        let guru = try await scene.world.teacher()
        let siti = try await scene.world.student()
        let course = try await guru.makeCourse("BIO-101", title: "=Biology, \"cells\"")
        for (index, text) in Self.oddTexts.enumerated() {
            _ = try await guru.makeMaterial("Week \(index)", text: text, in: course)
        }
        try await siti.join(course)
        let beside = try await scene.world.teacher("beside")
        _ = try await guru.perform(AddTeachers(course: course, usernames: [beside.username]))
        let asked = try await guru.makeCourse("X-1", title: "-x", enrollment: .approval)
        try await siti.join(asked)
        _ = try await scene.world.student("budi")
        _ = try await scene.world.anyone.operate(DisableUser(username: Username("budi")))
        return scene
    }

    @Test(arguments: [CSVDialect.plain, .excel])
    func `an import of an export gives the same data, byte for byte`(dialect: CSVDialect) async throws {
        let scene = try await seeded()
        let files = try await scene.export(as: dialect)
        let other = try BulkScene()
        let folder = MemoryFolder(files: files)
        _ = try await other.world.anyone.operate(ImportFiles(from: folder))
        #expect(try await other.export(as: dialect) == files)
        let texts: [String] = try await other.world.database.read { connection in
            try connection.rows("SELECT description FROM material ORDER BY course_id, position").map {
                try $0["description"]
            }
        }
        #expect(texts.map { Array($0.utf8) } == Self.oddTexts.map { Array($0.utf8) })
        // And into the database that it is of: all unchanged.
        let before = try await scene.world.dump()
        let again = try await scene.world.anyone.operate(ImportFiles(from: folder))
        #expect(again.count == 5)
        for totals in again {
            #expect((totals.created, totals.updated, totals.skipped) == (0, 0, 0), "\(totals)")
        }
        #expect(try await scene.world.dump() == before)
    }

    @Test func `for Excel, cells are separated by semicolons, lines by CRLF, and the file says that it is UTF-8`() async throws {
        let scene = try BulkScene()
        try await scene.bring(["users": BulkScene.people])
        let users = try await scene.export(as: .excel)["users.csv"]
        #expect(
            users.map { Array($0) }
                == Array(
                    "\u{feff}username;role;disabled;name;number\r\nani;teacher;;;\r\nsiti;student;;;\r\nbudi;student;;;\r\n"
                        .utf8))
    }

    @Test func `no cell of it can be run by a spreadsheet`() async throws {
        let files = try await seeded().export()
        #expect(files.count == 5)
        for (name, bytes) in files {
            let reader = CSVReader(MemoryFile(name: name, bytes: bytes))
            while try reader.advance() {
                #expect(reader.fault == nil)
                for cell in 0..<reader.count {
                    let first = reader.text(of: cell).first.map { Character(Unicode.Scalar($0)) }
                    #expect(!"=+-@\t\r".contains(first ?? "x"), "\(name):\(reader.line)")
                }
            }
        }
    }

    @Test func `hashes are in it only when they are asked for, and then open the account elsewhere`() async throws {
        let scene = try await seeded()
        let without = try #require(try await scene.export()["users.csv"])
        #expect(!String(decoding: without, as: UTF8.self).contains("argon2"))
        let files = try await scene.export(withSecrets: true)
        let other = try BulkScene()
        _ = try await other.world.anyone.operate(ImportFiles(from: MemoryFolder(files: files)))
        _ = try await other.world.logIn("siti")
        await expectError(.wrongPassword) { try await other.world.logIn("siti", password: "another one") }
        #expect(try await other.export(withSecrets: true) == files)
    }

    @Test func `an empty database has headers alone`() async throws {
        let files = try await BulkScene().export().mapValues { String(decoding: $0, as: UTF8.self) }
        #expect(
            files == [
                "users.csv": "username,role,disabled,name,number\n",
                "courses.csv": "code,title,teacher,description,release_date,enrollment,archived_at\n",
                "enrollments.csv": "course,student,date_entry,status\n",
                "materials.csv": "course,title,description,position,section,hidden,release_date,due\n",
                "teachers.csv": "course,teacher\n",
            ])
    }
}
