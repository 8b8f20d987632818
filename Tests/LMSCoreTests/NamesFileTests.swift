import LMSTestSupport
import Testing

@testable import LMSCore

/// Class lists.
@Suite struct NamesFileTests {
    /// Each name with its place, how many rows were passed over, and what is wrong.
    private func read(_ text: String) throws -> [String] {
        let file = NamesFile(name: "class", text: text)
        var problems = FileProblems()
        let names = try file.usernames(&problems).map {
            "\($0.location.line):\($0.location.column) \($0.value)"
        }
        var error: LMSError?
        do { try problems.throwIfAny() } catch let found as LMSError { error = found }
        let passedOver = file.countOfPassedOver
        return names + (passedOver > 0 ? ["\(passedOver) passed over"] : [])
            + (error?.problems?.map(\.text) ?? [])
    }

    static let lists: [(String, [String])] = [
        ("siti\nbudi\n", ["1:1 siti", "2:1 budi"]), ("siti\rbudi\r", ["1:1 siti", "2:1 budi"]),
        ("siti\r\r\nbudi\r\n\r\nani", ["1:1 siti", "2:1 budi", "4:1 ani"]),
        ("siti, budi", ["1:1 siti", "1:7 budi"]), ("siti,\nbudi,\n,\n", ["1:1 siti", "2:1 budi"]),
        ("siti;budi\tani", ["1:1 siti", "1:6 budi", "1:11 ani"]),
        ("\"siti\"\n\"budi\", \" ani\"", ["1:1 siti", "2:1 budi", "2:9 ani"]),
        ("# class 7a, of 2026\n  siti # new, since May\n", ["2:3 siti"]),
        ("\u{feff}siti\u{a0}\n\u{200b}budi\u{200b}\n\tani", ["1:2 siti", "2:2 budi", "3:2 ani"]),
        ("username\n", ["1:1 username"]), ("Username;\n", ["1:1 Username"]), ("", []),
        ("\n,;\t \u{a0}\n", []),
        (
            "1\tsiti\tSiti Aminah\n",
            ["1:1 1", "1:3 siti", "class:1:8: 'Siti Aminah' cannot be a username"]
        ),
        ("si\u{200b}ti", ["class:1:1: 'si\\u{200b}ti' cannot be a username"]),
    ]

    @Test(arguments: lists)
    func `a name a line, or separators between them`(text: String, names: [String]) throws {
        #expect(try read(text) == names)
    }

    static let tables: [(String, [String])] = [
        ("username\nsiti\nbudi\n", ["2:1 siti", "3:1 budi"]),
        ("username;\nsiti;\n;\nbudi;\n", ["2:1 siti", "4:1 budi"]),
        (
            "\u{feff}No,\"USERNAME\",Name\r\n1,siti,\"Aminah, Siti\"\r\n2,\u{a0}budi ,Budi\r\n",
            ["2:3 siti", "3:3 budi"]
        ),
        ("No\tusername\r1\tsiti\r", ["2:3 siti"]), ("sep=;\nusername;x\nsiti;y\n", ["3:1 siti"]),
        (
            "username,status,date_entry\nsiti,enrolled,2026-11-26T12:00:00Z\nbudi,pending,\nani, Enrolled ,\nedo,left,\n",
            ["2:1 siti", "4:1 ani", "2 passed over"]
        ),
        (
            "nr,username\n1,siti\n2,\n3\n",
            [
                "2:3 siti", "class:3:3: there is no username in this row",
                "class:4:1: there is no username in this row",
            ]
        ),
        (
            "username,x\nSiti Aminah,1\n\"siti\n",
            ["class:2:1: 'Siti Aminah' cannot be a username", "class:3:1: the quotes are not closed"]
        ),
    ]

    @Test(arguments: tables)
    func `a table whose first line has a cell username`(text: String, names: [String]) throws {
        #expect(try read(text) == names)
    }

    @Test func `what is wrong in a class list is told, with the rule once`() async throws {
        let world = try World()
        let guru = try await world.teacher()
        _ = try await world.student("siti")
        let course = try await guru.makeCourse("BIO-101")
        let file = NamesFile(name: "class", text: "Siti Aminah\nBudi Santoso\nsiti\n")
        let error = try await world.expectRefusal(.invalid) {
            try await guru.perform(AddStudents(course: course, usernames: [], file: file))
        }
        #expect(error?.problems?.count == 2)
        #expect(
            error?.hint == "Write one username a line, or a table whose first line names a column username.")
        let table = NamesFile(name: "class", text: "username,status\nsiti,enrolled\n")
        let added = try await guru.perform(AddStudents(course: course, usernames: [], file: table))
        #expect(added.map(\.record.username.rawValue) == ["siti"])
    }
}
