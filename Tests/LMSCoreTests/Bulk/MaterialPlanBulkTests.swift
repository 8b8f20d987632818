import LMSTestSupport
import Testing

/// Sections, drafts and dates in `materials.csv`.
@Suite struct MaterialPlanBulkTests {
    private static let files = [
        "users": BulkScene.people, "courses": BulkScene.courses,
        "materials": """
        course,title,description,section,hidden,release_date,due
        BIO-101,Cells,Read.,Week 1,yes,2026-12-01,2026-12-08T23:59
        BIO-101,Quiz,Write.,Week 1,,,2026-12-09
        BIO-101,Exam,Write.,,,,

        """,
    ]

    @Test func `what is imported is exported, and again it is unchanged`() async throws {
        let scene = try BulkScene()
        #expect(try await scene.bring(Self.files).last == "materials 3 created")
        #expect(try await scene.bring(Self.files).last == "materials 3 unchanged")
        let exported = try await scene.export()
        #expect(
            String(decoding: try #require(exported["materials.csv"]), as: UTF8.self)
                == """
                course,title,description,position,section,hidden,release_date,due
                BIO-101,Cells,Read.,1,Week 1,yes,2026-12-01,2026-12-08T23:59
                BIO-101,Quiz,Write.,2,Week 1,,,2026-12-09
                BIO-101,Exam,Write.,3,,,,

                """)
        let other = try BulkScene()
        _ = try await other.bring(
            exported.mapValues { String(decoding: $0, as: UTF8.self) }.reduce(into: [:]) {
                $0[String($1.key.dropLast(4))] = $1.value
            })
        #expect(try await other.export() == exported)
    }

    @Test func `a column that is not there is left alone, an empty cell clears`() async throws {
        let scene = try BulkScene()
        try await scene.bring(Self.files)
        let texts = ["materials": "course,title,description\nBIO-101,Cells,Read.\n"]
        #expect(try await scene.bring(texts) == ["materials 1 unchanged"])
        let cleared = ["materials": "course,title,description,hidden,due\nBIO-101,Cells,Read.,,\n"]
        let refused = try await scene.problems(cleared, code: .conflict)
        #expect(refused.count == 1 && refused.first?.contains("with another hidden") == true, "\(refused)")
        #expect(try await scene.bring(cleared, .update) == ["materials 1 updated"])
        let exported = String(decoding: try #require(try await scene.export()["materials.csv"]), as: UTF8.self)
        #expect(exported.contains("BIO-101,Cells,Read.,1,Week 1,,2026-12-01,\n"))
        for (cell, column) in [("maybe", "hidden"), ("soon", "due"), ("2026-13-01", "release_date")] {
            let wrong = try await scene.problems(["materials": "course,title,description,\(column)\nBIO-101,Cells,Read.,\(cell)\n"])
            #expect(wrong.count == 1, "\(column): \(wrong)")
        }
    }
}
