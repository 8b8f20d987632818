import LMSCore
import LMSTestSupport
import Testing

@Suite("The header of a bulk file")
struct ImportHeaderTests {
    let scene: BulkScene

    init() throws { scene = try BulkScene() }

    @Test(
        "columns come in any order, in quotes or not",
        arguments: [
            "role,username\nstudent,siti", "\"username\",\"role\"\nsiti,student",
            "\u{feff}disabled,role,username\r\n,student,siti\r\n",
            "\n\nusername,role\n\nsiti,student\n",
        ])
    func order(users: String) async throws {
        #expect(try await scene.bring(["users": users]) == ["users 1 created"])
        #expect(try await scene.text("SELECT role FROM users WHERE username = 'siti'") == "student")
    }

    @Test("a header alone is a file without rows")
    func noRows() async throws {
        #expect(try await scene.bring(["users": "username,role\n"]) == ["users"])
    }

    static let badHeaders: [(String, String, [String])] = [
        ("users", "", ["users.csv:1:1: the file is empty, without a header"]),
        ("users", "\u{feff}\r\n", ["users.csv:1:1: the file is empty, without a header"]),
        ("users", "username\nsiti\n", ["users.csv:1:1: the column 'role' is missing"]),
        ("users", "username,role,role\n", ["users.csv:1:15: the column 'role' is there twice"]),
        (
            "users", "username,role,shoe\n",
            [
                "users.csv:1:15: there is no column 'shoe': it can have username, role, password, "
                    + "password_hash, disabled"
            ]
        ),
        (
            "materials", "course,title,description,Position\n",
            [
                "materials.csv:1:26: there is no column 'Position': it can have course, title, description, "
                    + "position"
            ]
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
        ("users", "username,role\nsiti\n", ["users.csv:2:1: 1 cell, and the header has 2"]),
        ("users", "username,role\n\nsiti,student,\n", ["users.csv:3:1: 3 cells, and the header has 2"]),
    ]

    @Test("what is wrong with it is named, with its place", arguments: badHeaders)
    func wrong(table: String, text: String, problems: [String]) async throws {
        #expect(try await scene.problems([table: text]) == problems)
    }

    @Test("other separators are told of", arguments: [";", "\t"])
    func separators(separator: String) async throws {
        let header = ["username", "role"].joined(separator: separator)
        let problems = try await scene.problems(["users": "\(header)\n"])
        #expect(problems.first?.hasPrefix("users.csv:1:1: columns are separated by commas") == true)
    }

    @Test("the headers of all files are looked at before any row")
    func allHeaders() async throws {
        let problems = try await scene.problems(["users": "username\nx y,z\n", "courses": "code,title\n"])
        #expect(
            problems == [
                "users.csv:1:1: the column 'role' is missing",
                "courses.csv:1:1: the column 'teacher' is missing",
            ])
    }

    @Test("without a file there is nothing to import")
    func noFile() async throws {
        try await scene.world.expectRefusal(.notFound) { try await scene.bring([:]) }
        try await scene.world.expectRefusal(.notFound) { try await scene.bring(["people": "x"]) }
    }
}
