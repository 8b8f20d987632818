import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// Keys of courses in `courses.csv`.
@Suite struct EnrollmentKeyBulkTests {
    private static let header = "code,title,teacher,enrollment,enrollment_key,key_expires,key_uses\n"

    private func scene(_ courses: String? = nil) async throws -> BulkScene {
        let scene = try BulkScene()
        try await scene.bring(["users": BulkScene.people])
        if let courses { try await scene.bring(["courses": Self.header + courses]) }
        return scene
    }

    private func stored(_ scene: BulkScene) async throws -> String? {
        try await scene.text(
            """
            SELECT key || ' ' || is_awake || ' ' || coalesce(expires_at, 0) || ' ' || coalesce(use_limit, 0) || ' ' || uses
            FROM course_key
            """)
    }

    @Test func `keys are in an export only when secrets are asked for, and then open the course elsewhere`() async throws {
        let scene = try await scene()
        let guru = try await scene.world.teacher()
        for code in ["a-1", "b-1", "c-1", "d-1"] { _ = try await guru.makeCourse(code, enrollment: .key) }
        _ = try await guru.perform(ChangeKey(course: "b-1", expires: .days(7), useLimit: 40))
        _ = try await guru.perform(EditCourse(course: "c-1", enrollment: .open))
        _ = try await guru.perform(ChangeKey(course: "d-1", disable: true))
        let siti = try await scene.world.student("joiner")
        let key = try #require(try await guru.perform(ShowKey(course: "b-1")).key)
        _ = try await siti.perform(JoinCourse(key: key))
        let plain = String(decoding: try #require(try await scene.export()["courses.csv"]), as: UTF8.self)
        #expect(plain.hasPrefix("code,title,teacher,description,release_date,enrollment,archived_at\n"))
        #expect(plain.contains("b-1,Biology,guru,,2026-11-23,key,\n") && !plain.contains(key.secret))
        let files = try await scene.export(withSecrets: true)
        let courses = String(decoding: try #require(files["courses.csv"]), as: UTF8.self)
        #expect(
            courses.hasPrefix(
                "code,title,teacher,description,release_date,enrollment,enrollment_key,key_expires,key_uses,archived_at\n"))
        #expect(courses.contains("b-1,Biology,guru,,2026-11-23,key,\(key.secret),2026-11-30T12:00:00Z,1/40,\n"))
        // A key that was disabled opens nothing ever again.
        #expect(courses.contains("d-1,Biology,guru,,2026-11-23,key,,,,\n"))
        // Into the database that it is of: all unchanged.
        let before = try await scene.world.dump()
        let again = try await scene.world.anyone.operate(ImportFiles(from: MemoryFolder(files: files)))
        #expect(again.count == 5 && again.allSatisfy { $0.updated == 0 && $0.created == 0 })
        #expect(try await scene.world.dump() == before)
        let other = try BulkScene()
        _ = try await other.world.anyone.operate(ImportFiles(from: MemoryFolder(files: files)))
        let there = String(decoding: try #require(try await other.export(withSecrets: true)["courses.csv"]), as: UTF8.self)
        let rows = courses.split(separator: "\n").dropLast()
        #expect(there.split(separator: "\n").dropLast().elementsEqual(rows))
        let budi = try await other.world.student("another")
        #expect(try await budi.perform(JoinCourse(key: key)).record.code.rawValue == "b-1")
        let asleep = try await other.world.count("SELECT count(*) FROM course_key WHERE is_awake = 0")
        #expect(asleep == 1)
    }

    @Test func `a course that is to have a key gets one where the file names none`() async throws {
        let scene = try await scene("A-1,A,ani,key,,,\nB-1,B,ani,open,,,\nC-1,C,ani,key,,,\n")
        #expect(try await scene.world.count("SELECT count(*) FROM course_key WHERE is_awake = 1") == 2)
        let key = try await scene.text("SELECT key FROM course_key ORDER BY course_id LIMIT 1")
        #expect(try await scene.bring(["courses": Self.header + "A-1,A,ani,key,,,\n"]) == ["courses 1 unchanged"])
        let policy = "code,title,teacher,enrollment\nA-1,A,ani,approval\nB-1,B,ani,key\n"
        #expect(try await scene.bring(["courses": policy], .update) == ["courses 2 updated"])
        #expect(try await scene.text("SELECT key FROM course_key ORDER BY course_id LIMIT 1") == key)
        #expect(try await scene.text("SELECT is_awake || '' FROM course_key ORDER BY course_id LIMIT 1") == "0")
        #expect(try await scene.world.count("SELECT count(*) FROM course_key WHERE is_awake = 1") == 2)
    }

    @Test func `what a row does not say of a key stays; what it says is taken, or is a conflict`() async throws {
        let scene = try await scene("A-1,A,ani,key,k7qx 93mf,2027-01-11T12:00:00Z,3/40\n")
        #expect(try await stored(scene) == "K7QX93MF 1 1799668800 40 3")
        let same = "A-1,A,ani,key,K7QX-93MF,2027-01-11T12:00:00Z,3/40\n"
        #expect(try await scene.bring(["courses": Self.header + same]) == ["courses 1 unchanged"])
        let short = "code,title,teacher,enrollment_key\nA-1,A,ani,K7QX-93MF\n"
        #expect(try await scene.bring(["courses": short]) == ["courses 1 unchanged"])
        for (row, column) in [
            ("A-1,A,ani,key,AAAA-AAAA,2027-01-11T12:00:00Z,3/40\n", "enrollment_key"),
            ("A-1,A,ani,key,K7QX-93MF,2027-01-12T12:00:00Z,3/40\n", "key_expires"),
            ("A-1,A,ani,key,K7QX-93MF,2027-01-11T12:00:00Z,4/40\n", "key_uses"),
            ("A-1,A,ani,key,K7QX-93MF,,3/40\n", "key_expires"),
        ] {
            let problems = try await scene.problems(["courses": Self.header + row], code: .conflict)
            #expect(problems.count == 1 && problems[0].hasSuffix("'A-1' is there already, with another \(column)"))
            #expect(try await scene.bring(["courses": Self.header + row], .skip) == ["courses 1 skipped"])
        }
        let row = "A-1,A,ani,key,AAAA-AAAA,,\n"
        #expect(try await scene.bring(["courses": Self.header + row], .update) == ["courses 1 updated"])
        #expect(try await stored(scene) == "AAAAAAAA 1 0 0 0")
    }

    @Test func `what is no key, no end, no count or another course's is told, and never what it is`() async throws {
        let scene = try await scene("A-1,A,ani,key,K7QX-93MF,,\n")
        let rows = """
            B-1,B,ani,key,K7QX-93M,,
            C-1,C,ani,key,K7QX-93MF,,
            D-1,D,ani,key,9999-9999,tomorrow,1/0
            E-1,E,ani,key,,2027-01-11T12:00:00Z,
            F-1,F,ani,key,9999-9997,,1
            G-1,G,ani,open,9999-9997,,1

            """
        let problems = try await scene.problems(["courses": Self.header + rows])
        #expect(
            problems == [
                "courses.csv:2:15: a key has eight letters and digits, as in K7QX-93MF",
                "courses.csv:3:15: another course has this key",
                "courses.csv:4:25: 'tomorrow' is not an instant",
                "courses.csv:4:34: '1/0' is no number of uses",
                "courses.csv:5:16: the row has no enrollment_key",
                "courses.csv:7:16: another course has this key",
            ])
    }
}
