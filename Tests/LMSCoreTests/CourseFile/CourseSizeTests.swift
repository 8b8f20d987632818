import LMSCore
import LMSTestSupport
import Testing

/// How many materials a course and an act have is bounded.
@Suite struct CourseSizeTests {
    let scene: CourseFileScene
    var world: World { scene.world }
    var guru: Person { scene.guru }

    init() async throws { scene = try await CourseFileScene() }

    /// A course with so many materials, `m1` and so on, as an import could make it.
    private func makeCourse(_ code: String, materials count: Int) async throws -> CourseReference {
        let course = try await guru.makeCourse(code)
        try await world.plant(
            """
            INSERT INTO material (course_id, description, title, position)
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(count))
            SELECT course.id, 'x', 'm' || n, n FROM numbers JOIN course ON course.code = \(code)
            """)
        try #require(await self.count(course) == count)
        return course
    }

    private func count(_ course: CourseReference) async throws -> Int {
        try await world.count(
            """
            SELECT count(*) AS count FROM material
            WHERE course_id = (SELECT id FROM course WHERE code = \(course.text))
            """)
    }

    private func material(_ title: String) async throws -> MaterialReference {
        MaterialReference("\(try await world.count("SELECT id FROM material WHERE title = \(title)"))")
    }

    private static let one = "materials: [{title: one, description: x}]\n"

    @Test func `a course takes 10,000 materials and no more, however they come`() async throws {
        let course = try await makeCourse("big", materials: 9_999)
        #expect(try await scene.apply("course: big\n\(Self.one)") == ["created material one"])
        let error = try await world.expectRefusal(.conflict) {
            try await guru.perform(AddMaterial(course: course, title: "two", description: "x"))
        }
        #expect(
            error?.message == "the course 'big' has 10000 materials and takes no more: at most 10000")
        #expect(
            try await scene.problems("course: big\nmaterials: [{title: two, description: x}]\n") == [
                "1:9: the course would have 10001 materials: at most 10000"
            ])
        _ = try await guru.perform(DeleteMaterial(material: material("m1")))
        // What is in the trash counts.
        let full = try await world.expectRefusal(.conflict) {
            try await guru.perform(AddMaterial(course: course, title: "two", description: "x"))
        }
        #expect(full?.message.contains("and 1 more in the trash") == true)
        _ = try await guru.perform(EmptyTrash())
        _ = try await guru.perform(AddMaterial(course: course, title: "two", description: "x"))
        #expect(try await count(course) == 10_000)
    }

    @Test func `a larger one from before can be changed, and shrinks`() async throws {
        let course = try await makeCourse("big", materials: 20_500)
        #expect(
            try await scene.apply("course: big\nmaterials: [{title: m2, description: new}]\n") == [
                "updated material m2 (description)"
            ])
        _ = try await guru.perform(
            EditMaterial(material: material("m2"), title: "x2", position: 20_500))
        _ = try await guru.perform(DeleteMaterial(material: material("x2")))
        await expectError(.conflict) {
            try await guru.perform(AddMaterial(course: course, title: "two", description: "x"))
        }
        await expectError(.invalid) {
            let file = CourseFileScene.file("course: big\n\(Self.one)")
            return try await guru.perform(ApplyCourseFiles(files: [file]))
        }
        let rest = (3...102).map { "- {title: m\($0)}\n" }.joined()
        try await scene.apply("course: big\nmaterials:\n\(rest)- {title: new, description: x}", prune: true)
        #expect(try await count(course) == 101)
    }

    @Test func `one act has 20,000 materials, in the files and in the courses that they list`() async throws {
        let many = (1...10_001).map { "- {title: m\($0)}\n" }.joined()
        let error = try await world.expectRefusal(.tooLarge) {
            try await guru.perform(
                DiffCourseFiles(
                    files: ["a", "b"].map {
                        CourseFileScene.file("course: \($0)\nmaterials:\n\(many)", name: $0)
                    }))
        }
        #expect(error?.message == "these are too many materials at once: at most 20000")
        _ = try await makeCourse("a", materials: 20_000)
        _ = try await makeCourse("b", materials: 1)
        _ = try await makeCourse("c", materials: 1)
        let files = ["a", "b", "c"].map {
            CourseFileScene.file("---\ncourse: \($0)\nmaterials: []\n", name: $0)
        }
        let stock = try await world.expectRefusal(.tooLarge) {
            try await guru.perform(ApplyCourseFiles(files: files, prune: true))
        }
        #expect(stock?.message == "these courses have too many materials for one act: at most 20000")
        #expect(
            try await guru.perform(DiffCourseFiles(files: [files[0]], prune: true)).changes.count == 20_000)
        #expect(
            try await guru.perform(DiffCourseFiles(files: Array(files[1...]), prune: true)).changes.count == 2
        )
    }

    @Test func `an import brings more materials than a course takes otherwise`() async throws {
        _ = try await guru.makeCourse("big")
        let rows = (1...10_001).map { "big,m\($0),x\n" }.joined()
        let bulk = try BulkScene(world)
        #expect(
            try await bulk.bring(["materials": "course,title,description\n\(rows)"]) == [
                "materials 10001 created"
            ])
    }
}
