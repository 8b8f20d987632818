import LMSTestSupport
import Testing

@testable import LMSCore

/// `teachers.csv`: who teaches a course beside its owner.
@Suite struct TeacherImportTests {
    let scene: BulkScene

    init() throws { scene = try BulkScene() }

    private static func school(_ rows: String) -> [String: String] {
        [
            "users": "username,role\nani,teacher\nbudi,teacher\ndewi,teacher\nsiti,student\n",
            "courses": "code,title,teacher\nBIO-101,Biology,ani\nCHEM-1,Chemistry,budi\n",
            "teachers": "course,teacher\n" + rows,
        ]
    }

    private func export() async throws -> String {
        String(decoding: try await scene.export()["teachers.csv"] ?? [], as: UTF8.self)
    }

    @Test func `teachers come, each once, and the owner is one already; again, nothing changes`() async throws {
        let files = Self.school("bio-101,BUDI\nBIO-101,dewi\nBIO-101,budi\nBIO-101,ani\nCHEM-1,ani\n")
        #expect(try await scene.bring(files).last == "teachers 3 created 2 unchanged")
        #expect(try await export() == "course,teacher\nBIO-101,budi\nBIO-101,dewi\nCHEM-1,ani\n")
        let before = try await scene.world.dump()
        #expect(try await scene.bring(files).last == "teachers 5 unchanged")
        #expect(try await scene.world.dump() == before)
        #expect(
            try await scene.bring(["teachers": "teacher,course\nani,bio-101\ndewi,chem-1\n"]) == [
                "teachers 1 created 1 unchanged"
            ])
    }

    @Test func `who is no teacher is named with all else that is wrong`() async throws {
        #expect(
            try await scene.problems(Self.school("BIO-101,siti\nBIO-101,nobody\nNONE,budi\n")) == [
                "teachers.csv:2:9: 'siti' is a student, who cannot teach a course",
                "teachers.csv:3:9: there is no user 'nobody'", "teachers.csv:4:1: there is no course 'NONE'",
            ])
    }

    @Test func `an import that gives a course to one of its teachers leaves no second row of his`() async throws {
        try await scene.bring(Self.school("BIO-101,budi\nBIO-101,dewi\n"))
        try await scene.bring(["courses": "code,title,teacher\nBIO-101,Biology,budi\n"], .update)
        #expect(try await export() == "course,teacher\nBIO-101,dewi\n")
    }

    @Test func `more rows than a block has all come`() async throws {
        let count = 5000
        let files = [
            "users": "username,role\nani,teacher\nbudi,teacher\n",
            "courses": "code,title,teacher\n" + (1...count).map { "c-\($0),Course,ani\n" }.joined(),
            "teachers": "course,teacher\n" + (1...count).map { "c-\($0),budi\n" }.joined() + "c-1,budi\n",
        ]
        #expect(try await scene.bring(files).last == "teachers 5000 created 1 unchanged")
        #expect(try await scene.bring(files).last == "teachers 5001 unchanged")
    }
}
