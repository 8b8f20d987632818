import LMSCore
import LMSTestSupport
import Testing

/// Sections, drafts and dates in course files.
@Suite struct CourseFilePlanTests {
    let scene: CourseFileScene

    init() async throws { scene = try await CourseFileScene() }

    private func apply(_ text: String) async throws -> [String] {
        let file = CourseFile(name: "bio.yaml", text: text, attachments: [])
        return try await scene.guru.perform(ApplyCourseFiles(files: [file])).changes.map {
            "\($0.outcome.rawValue) \($0.record.subject) \($0.record.fields.joined(separator: ","))"
        }
    }

    private static let weeks = """
        course: BIO-101
        title: Biology
        release_date: 2026-11-01
        materials:
          - title: Syllabus
            description: Read.
          - section: Week 1
          - title: Cells
            description: Read.
            hidden: true
            release_date: 2026-12-01
            due: "2026-12-08T23:59"
          - title: Quiz
            description: Write.
            due: 2026-12-09
          - section: ''
          - title: Exam
            description: Write.

        """

    private func plans() async throws -> [String] {
        try await scene.guru.perform(ListMaterials(course: "BIO-101")).items.map { material in
            let plan = material.plan
            return [
                material.title, plan.section ?? "-", plan.isHidden ? "hidden" : "-", plan.releaseDate?.description ?? "-",
                plan.due?.description ?? "-",
            ].joined(separator: " ")
        }
    }

    @Test func `a section stands for all that follow until the next, and what is exported is what was applied`() async throws {
        _ = try await apply(Self.weeks)
        #expect(
            try await plans() == [
                "Syllabus - - - -", "Cells Week 1 hidden 2026-12-01 2026-12-08T23:59", "Quiz Week 1 - - 2026-12-09", "Exam - - - -",
            ])
        #expect(try await apply(Self.weeks) == ["unchanged Biology "])
        let exported = try await scene.guru.perform(ExportCourse(course: "BIO-101"))
        #expect(exported.text.contains("  - section: Week 1\n  - title: Cells\n    hidden: true\n    release_date: 2026-12-01\n"))
        #expect(try await apply(exported.text) == ["unchanged Biology "])
    }

    @Test func `a file without any section leaves them alone, and what it does not say stays`() async throws {
        _ = try await apply(Self.weeks)
        let file = """
            course: BIO-101
            materials:
              - title: Cells
                hidden: false
              - title: Quiz
                due: ''
            """
        #expect(try await apply(file) == ["updated Cells hidden", "updated Quiz due"])
        #expect(try await plans()[1...2] == ["Cells Week 1 - 2026-12-01 2026-12-08T23:59", "Quiz Week 1 - - -"])
        let moved = """
            course: BIO-101
            materials:
              - section: Week 2
              - title: Quiz
            """
        #expect(try await apply(moved) == ["updated Quiz section"])
    }

    @Test(arguments: [
        ("- {title: Cells, hidden: maybe}", "'hidden' is true or false"),
        ("- {title: Cells, due: tomorrow}", "is not a due date"),
        ("- {title: Cells, release_date: 2026-02-30}", "2026-02-30"),
        ("- {title: Cells, section: Week 1}", "a section is an entry of its own"),
        ("- section: [a]", "'section' is a text"),
    ])
    func `what breaks a rule is told, and nothing is done`(entry: String, message: String) async throws {
        _ = try await apply(Self.weeks)
        let before = try await plans()
        let error = try await scene.world.expectRefusal(.invalid) {
            try await apply("course: BIO-101\nmaterials:\n  \(entry)\n")
        }
        #expect(error?.problems?.contains { $0.message.contains(message) } == true, "\(error?.problems ?? [])")
        #expect(try await plans() == before)
    }
}
