import LMSTestSupport
import Testing

@testable import LMSCore

/// The files of a folder that is imported.
@Suite struct ImportFolderNamesTests {
    let scene: BulkScene

    init() throws { scene = try BulkScene() }

    private func bring(_ files: [String: String], ignoringOthers: Bool = false) async throws -> [String] {
        let folder = MemoryFolder(files: files.mapValues { Array($0.utf8) })
        let useCase = try ImportFiles(from: folder, ignoresOtherFiles: ignoringOthers)
        return try await scene.world.anyone.operate(useCase).map { "\($0.table.rawValue) from \($0.file)" }
    }

    private func refusal(_ files: [String: String]) async throws -> LMSError? {
        try await scene.world.expectRefusal(.invalid) { _ = try await bring(files) }
    }

    @Test func `names in any case are read, and the British spelling`() async throws {
        try await scene.bring(["users": BulkScene.people, "courses": BulkScene.courses])
        for name in ["Users.csv", "USERS.CSV", "users.CSV"] {
            #expect(try await bring([name: BulkScene.people]) == ["users from \(name)"])
        }
        for name in ["Enrolments.csv", "enrolments.csv", "Enrollments.csv"] {
            let files = [name: "course,student\nBIO-101,siti\n"]
            #expect(try await bring(files) == ["enrollments from \(name)"])
        }
        let british = ["courses.csv": "code,title,teacher,Enrolment\nBIO-101,Biology,ani,open\n"]
        #expect(try await bring(british) == ["courses from courses.csv"])
    }

    static let others: [(String, String)] = [
        ("users (1).csv", "this would not be read: call it users.csv"),
        ("Users - Copy.CSV", "this would not be read: call it users.csv"),
        ("users.csv.txt", "this would not be read: call it users.csv"),
        ("enrolments.tsv", "this would not be read: call it enrollments.csv"),
        ("users.txt", "this would not be read: call it users.csv"),
        ("class.csv", "this would not be read: no table has this name"),
        ("class.xlsx", "this would not be read: no table has this name"),
    ]

    @Test(arguments: others)
    func `what would not be read is named`(name: String, message: String) async throws {
        let files = ["courses.csv": "code,title,teacher\n", name: "username,role\nsiti,student\n"]
        let error = try await refusal(files)
        #expect(error?.message == "\(name):1:1: \(message)")
        #expect(error?.hint?.contains("--ignore-other-files") == true)
        #expect(try await bring(files, ignoringOthers: true) == ["courses from courses.csv"])
    }

    @Test func `a workbook is named for what it is`() async throws {
        let workbook =
            "PK\u{3}\u{4}" + String(repeating: "\u{0}", count: 22) + "\u{b}\u{0}\u{0}\u{0}xl/workbook"
        let error = try await refusal(["users.xlsx": workbook])
        #expect(error?.message == "users.xlsx:1:1: this is an Excel workbook, not CSV")
        #expect(error?.hint?.hasPrefix("Open it in a spreadsheet program, and save it as CSV UTF-8") == true)
        let called = try await refusal(["users.csv": workbook])
        #expect(called?.message == "users.csv:1:1: this is an Excel workbook, not CSV")
    }

    @Test func `two files of one table are refused`() async throws {
        let error = try await refusal(["enrolments.csv": "x", "Enrollments.csv": "x"])
        #expect(
            error?.message
                == "enrolments.csv:1:1: Enrollments.csv is there too, and both are enrollments.csv")
    }

    @Test func `what nobody means as a table is passed over`() async throws {
        let files = [
            "users.csv": "username,role\n", "README.md": "x", "class-7a.txt": "siti", "seed.sh": "x",
            "._users.csv": "x", ".~lock.users.csv#": "x", "~$users.xlsx": "x", "courses.yaml": "x",
            "photos": "x",
        ]
        #expect(try await bring(files) == ["users from users.csv"])
    }
}
