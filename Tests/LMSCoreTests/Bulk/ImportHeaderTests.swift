import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// The header of a bulk file.
@Suite struct ImportHeaderTests {
    let scene: BulkScene

    init() throws { scene = try BulkScene() }

    @Test(
        arguments: [
            "role,username\nstudent,siti", "\"username\",\"role\"\nsiti,student",
            "\u{feff}disabled,role,username\r\n,student,siti\r\n",
            "\n\nusername,role\n\nsiti,student\n", "Username, ROLE\nsiti, student \n",
            "\u{feff}\"username\",\u{200b}role\u{a0}\r\nsiti\u{a0},\u{200b}student\r\n",
            "username;role\nsiti;student\n", "sep=|\nusername|role\nsiti|student\n",
            "sep=;\r\nusername;role\r\nsiti;student\r\n",
            "username\trole\nsiti\tstudent\n", "username,role\rsiti,student\r",
            "username,role\r\r\nsiti,student\r\r\n",
        ])
    func `columns come in any order, in quotes or not`(users: String) async throws {
        #expect(try await scene.bring(["users": users]) == ["users 1 created"])
        #expect(try await scene.text("SELECT role FROM users WHERE username = 'siti'") == "student")
    }

    @Test func `a header alone is a file without rows`() async throws {
        #expect(try await scene.bring(["users": "username,role\n"]) == ["users"])
    }

    static let badHeaders: [(String, String, [String])] = [
        ("users", "", ["users.csv:1:1: the file is empty, without a header"]),
        ("users", "\u{feff}\r\n", ["users.csv:1:1: the file is empty, without a header"]),
        ("users", "username\nsiti\n", ["users.csv:1:1: the column 'role' is missing"]),
        ("users", "username,role,role\n", ["users.csv:1:15: the column 'role' is there twice"]),
        (
            "users", "username,role,shoe,hat\n",
            ["users.csv:1:15: there is no column 'shoe'", "users.csv:1:20: there is no column 'hat'"]
        ),
        (
            "users", "username;role,password\n",
            [
                "users.csv:1:1: there is no column 'username;role'",
                "users.csv:1:1: the column 'username' is missing",
                "users.csv:1:1: the column 'role' is missing",
            ]
        ),
        (
            "users", "siti,student\nbudi,student\n",
            ["users.csv:1:1: line 1 must name the columns, and 'siti' is none"]
        ),
        ("users", "siti;student\n", ["users.csv:1:1: line 1 must name the columns, and 'siti' is none"]),
        (
            "users", "Class 7A;\n;\nusername;role\nsiti;student\n",
            ["users.csv:1:1: line 1 must name the columns, and line 3 does"]
        ),
        (
            "enrollments", "status\n",
            [
                "enrollments.csv:1:1: the column 'course' is missing",
                "enrollments.csv:1:1: the column 'student' is missing",
            ]
        ),
        (
            "courses", "code,\"title,teacher\nBIO-101,Biology,ani\n",
            ["courses.csv:1:6: the quotes are not closed"]
        ),
        (
            "users", "username,role\nsiti\n",
            ["users.csv:2:1: the row ends before its column 'role': 1 cell, and the header has 2"]
        ),
        ("users", "username,role,\n\nsiti,student,,x\n", ["users.csv:3:15: 'x' stands in no column"]),
        ("users", "username,,role\nsiti,Siti A,student\n", ["users.csv:2:6: 'Siti A' stands in no column"]),
        ("users", "<table><tr><td>username", ["users.csv:1:1: this is a web page (HTML), not CSV"]),
    ]

    @Test(arguments: badHeaders)
    func `what is wrong with it is named, with its source location`(table: String, text: String, problems: [String]) async throws {
        #expect(try await scene.problems([table: text]) == problems)
    }

    @Test(
        arguments: [
            "username,role,disabled,,\nsiti,student,,,\n,,,,\n", "username,role\nsiti,student,,\n",
            "username,,role,disabled\nsiti,,student\n",
            "username,role,disabled\n , \u{a0},\nsiti,student\n\u{200b}\n",
        ])
    func `empty columns at the end, in the header or the rows, and rows of nothing are nothing`(users: String) async throws {
        #expect(try await scene.bring(["users": users]) == ["users 1 created"])
    }

    @Test func `a cell that a row does not have is not compared`() async throws {
        let header = "username,role,disabled\n"
        try await scene.bring(["users": "\(header)siti,student,yes\n"])
        #expect(try await scene.bring(["users": "\(header)siti,student\n"]) == ["users 1 unchanged"])
        #expect(try await scene.problems(["users": "\(header)siti,student,\n"], code: .conflict).count == 1)
    }

    @Test func `a header of very many columns takes no longer for each of them`() async throws {
        let unknown = (0..<CSVReader.cellLimit - 2).map { ",x\($0)" }.joined()
        let error = try await scene.world.expectRefusal(.invalid) {
            try await scene.bring(["users": "username,role\(unknown)\n"])
        }
        #expect(error?.message.hasPrefix("16382 problems, of which 20 are named") == true)
        let tooMany = try await scene.problems(["users": "username,role\(unknown),y\n"])
        #expect(tooMany.first?.hasSuffix("the row has too many cells: at most 16384") == true)
    }

    @Test func `a header of one name over and over is read no more often than another`() async throws {
        let cells = Array(repeating: "username" + String(repeating: " ", count: 240), count: 3000)
        let start = ContinuousClock.now
        let error = try await scene.world.expectRefusal(.invalid) {
            try await scene.bring(["users": cells.joined(separator: ",") + "\nx\n"])
        }
        // With a look at the whole row for each cell it would be a minute.
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(error?.message.hasPrefix("3000 problems, of which 20 are named") == true)
        #expect(error?.problems?.first?.text == "users.csv:1:250: the column 'username' is there twice")
    }

    @Test func `what each column can be is told once`() async throws {
        let error = try await scene.world.expectRefusal(.invalid) {
            try await scene.bring([
                "users": "username,role\na b,boss\nc d,chief\nsiti,bos\n1.23457E+09,#N/A\n"
            ])
        }
        let rules = error?.hint?.split(separator: "\n").map(String.init) ?? []
        #expect(error?.problems?.count == 7)
        #expect(rules.count == 4)
        #expect(rules.count { $0.hasPrefix("A username has 1 to") } == 1)
        #expect(rules.count { $0 == "A role is teacher or student." } == 1)
    }

    @Test func `the headers of all files are looked at before any row`() async throws {
        let problems = try await scene.problems(["users": "username\nx y,z\n", "courses": "code,title\n"])
        #expect(
            problems == [
                "users.csv:1:1: the column 'role' is missing",
                "courses.csv:1:1: the column 'teacher' is missing",
            ])
    }

    @Test func `without a file there is nothing to import`() async throws {
        try await scene.world.expectRefusal(.notFound) { try await scene.bring([:]) }
        let error = try await scene.world.expectRefusal(.notFound) {
            try await scene.bring(["people": "x"], ignoringOthers: true)
        }
        #expect(error?.hint == "It is called one of: users.csv, courses.csv, enrollments.csv, materials.csv, teachers.csv")
    }
}
