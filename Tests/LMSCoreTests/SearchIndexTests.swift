import LMSCore
import LMSDatabase
import LMSTestSupport
import Testing

/// The search is in step with what is there.
@Suite struct SearchIndexTests {
    let world: World
    let guru: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
    }

    private func expectInStep(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        #expect(
            try await world.anyone.operate(CheckSearch()), "in step", sourceLocation: sourceLocation)
    }

    @Test func `after every kind of write`() async throws {
        let course = try await guru.makeCourse("bio", title: "Biology")
        try await expectInStep()
        _ = try await guru.perform(
            EditCourse(course: course, title: "Zoology", code: "zoo", description: "Animals."))
        #expect(try await guru.found("biology") == [])
        #expect(try await guru.found("bio") == [])
        for words in ["zoology", "zoo", "animals"] { #expect(try await guru.found(words) == ["Zoology"]) }
        _ = try await guru.perform(EditCourse(course: "zoo", description: ""))
        #expect(try await guru.found("animals") == [])

        let first = try await guru.makeMaterial("Lions", text: "They roar.", in: "zoo")
        let second = try await guru.makeMaterial("Tigers", text: "They are striped.", in: "zoo")
        _ = try await guru.makeMaterial("Bears", in: "zoo")
        _ = try await guru.perform(
            EditMaterial(material: first, title: "Wolves", description: "They howl.", position: 3))
        for words in ["lions", "roar"] { #expect(try await guru.found(words) == []) }
        for words in ["wolves", "howl"] { #expect(try await guru.found(words) == ["Wolves"]) }
        _ = try await guru.perform(DeleteMaterial(material: second))
        for words in ["tigers", "striped"] { #expect(try await guru.found(words) == []) }
        try await expectInStep()

        _ = try await guru.makeCourse("other", title: "Botany")
        _ = try await guru.makeMaterial("Ferns", in: "other")
        _ = try await guru.perform(DeleteCourse(course: "zoo"))
        for words in ["zoology", "wolves", "howl", "bears"] { #expect(try await guru.found(words) == []) }
        #expect(try await guru.found("botany") == ["Botany"])
        #expect(try await guru.found("ferns") == ["Ferns"])
        try await expectInStep()
    }

    @Test func `a dry run and a refused write leave it as it was`() async throws {
        let course = try await guru.makeCourse("bio", title: "Biology")
        _ = try await guru.makeMaterial("Week 1", in: course)
        let before = try await world.dump()
        _ = try await guru.dryRun.perform(CreateCourse(title: "Physics"))
        _ = try await guru.dryRun.perform(EditCourse(course: course, title: "Physics"))
        _ = try await guru.dryRun.perform(AddMaterial(course: course, title: "Physics", description: ""))
        _ = try await guru.dryRun.perform(DeleteCourse(course: course))
        await expectError(.conflict) {
            try await guru.perform(AddMaterial(course: course, title: "Week 1", description: "Physics"))
        }
        await expectError(.conflict) { try await guru.makeCourse("BIO", title: "Physics") }
        #expect(try await guru.found("physics") == [])
        #expect(try await world.dump() == before)
        try await expectInStep()
    }

    @Test func `courses that are handed over are found, and their materials by the new owner alone`() async throws {
        let course = try await guru.makeCourse("bio", title: "Biology")
        _ = try await guru.makeMaterial("Week 1", in: course)
        let heir = try await world.teacher("heir")
        #expect(try await heir.found("week") == [])
        _ = try await world.anyone.operate(TransferCourses(from: Username("guru"), to: Username("heir")))
        #expect(try await heir.found("week") == ["Week 1"])
        #expect(try await guru.found("week") == [])
        #expect(try await heir.perform(ListCourses(words: "bio")).items.count == 1)
        try await expectInStep()
    }

    /// What the engine under test calls the number of an entry.
    private static let id: SQL = World.dialect.fullText.id

    @Test(
        arguments: [
            "INSERT INTO course (title, teacher_id, release_date, code, enrollment) VALUES ('New', 1, '2026-01-01', 'new', 'open')",
            "UPDATE course SET title = 'Physics'", "UPDATE course SET description = 'Physics'",
            "UPDATE course SET code = 'phy'", "UPDATE material SET title = 'x' WHERE id = 1",
            "UPDATE material SET description = 'x' WHERE id = 1", "DELETE FROM material WHERE id = 1",
            "DELETE FROM course_search", "DELETE FROM material_search WHERE heading = 'week 2'",
            "INSERT INTO material_search (\(id), heading, body) VALUES (99, 'a', 'b')",
        ] as [SQL])
    func `what another program wrote is noticed, and mended`(statement: SQL) async throws {
        let course = try await guru.makeCourse("bio", title: "Biology")
        for number in 1...50 { _ = try await guru.makeMaterial("Week \(number)", in: course) }
        try await expectInStep()
        try await world.plant(statement)
        #expect(try await !world.anyone.operate(CheckSearch()))
        let planted = try await world.dump()
        #expect(try await world.anyoneDryRunning.operate(MendSearch()))
        #expect(try await world.dump() == planted)
        #expect(try await world.anyone.operate(MendSearch()))
        try await expectInStep()
        #expect(try await world.anyone.operate(MendSearch()) == false)
        #expect(try await guru.found("week 50") == ["Week 50"])
    }

    @Test func `a database of the first schema is brought up to date, and everything in it is found`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.path("old.db")
            let first = Schema(
                applicationID: Schema.lms.applicationID, migrations: Array(Schema.lms.migrations.prefix(1)))
            #expect(try SQLiteDatabase.create(path: path, schema: first))
            let old = try SQLiteDatabase.open(path: path, schema: first)
            let statements: [SQL] = [
                "INSERT INTO users (username, role, created_at) VALUES ('ani', 'teacher', 0)",
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 105)
                INSERT INTO course (title, teacher_id, description, release_date, code, enrollment)
                SELECT 'Túlips ' || i, 1, 'Colour ' || i, '2026-01-01', 'tulip-' || i, 'open' FROM n
                """,
                "INSERT INTO material (course_id, description, title, position) VALUES (7, 'Róses', 'Week 1', 1)",
            ]
            for statement in statements { _ = try await old.write { try $0.execute(statement) } }

            let world = World(database: try SQLiteDatabase.open(path: path, schema: .lms))
            _ = try await world.anyone.operate(
                SetPassword(username: Username("ani"), password: Password(World.password)))
            let ani = world.service(try await world.logIn("ani").token)
            #expect(try await world.anyone.operate(CheckSearch()))
            #expect(try await ani.perform(SearchTexts(words: "tulips", limit: 1000)).items.count == 105)
            #expect(
                try await ani.perform(SearchTexts(words: "colour 105")).items.map(\.title) == ["Túlips 105"])
            #expect(try await ani.perform(SearchTexts(words: "roses")).items.map(\.title) == ["Week 1"])
            // The older program would not keep the search in step.
            await expectFailure(.schemaTooNew) { try SQLiteDatabase.open(path: path, schema: first) }
        }
    }
}
