import LMSCore
import LMSTestSupport
import Testing

/// Course files that were gathered from texts are read once. What they say and what is wrong in them is as of those that came
/// from elsewhere, which are read where they are applied.
@Suite struct GatheredFilesTests {
    let scene: CourseFileScene

    init() async throws { scene = try await CourseFileScene() }

    static let acts: [[String]] = [
        ["course: A-1\ntitle: A\ndescription: |\n  Cells.\nmaterials:\n- {title: m, description: x}\n- {title: n, description: y}"],
        ["course: A-1\ntitle: A\n---\ncourse: A-2\ntitle: B\nstudents: [siti, nobody]"],
        ["course: A-1\ntitle: A", "course: A-2\ntitle: B", "course: A-3\ntitle: C\nstudents: [budi]"],
        ["course: A-1\ntitle: A", "# é\ncourse: a-1\ntitle: B"],
        ["course: A-1\ntitel: A", "course: A-2\ntitle: B\nmaterials: x", "course: A-2"],
        ["course: A-1\ntitle: A", "course: A-2\ntitle: [", "course: A-3\ntitle: C\ntitle: D"],
        ["course: A-1\ntitle: A", "course: A-2\ntitle: B\ndescription: a #b", ""],
        ["course: A-1\ntitle: A\nmaterials: [{title: m, description_file: f}]", "course: A-2\ntitle: B"],
        ["course: A-1\ntitle: A\nmaterials: [{title: m, description_file: ../f}]", "course: A-2\ntitle: B"],
    ]

    @Test(arguments: acts)
    func `they are what they would be if they were read again`(texts: [String]) async throws {
        let sources = texts.enumerated().map { (name: "f\($0)", text: $1) }
        let gathered = try CourseFile.gathering(sources) { _, path in "text of \(path)" }
        let read = gathered.map { CourseFile(name: $0.name, text: $0.text, attachments: $0.attachments) }
        #expect(await outcome(gathered) == outcome(read))
    }

    /// What a plan is, or what is told instead.
    private func outcome(_ files: [CourseFile]) async -> [String] {
        do {
            return CourseFileScene.lines(try await scene.guru.perform(DiffCourseFiles(files: files)))
        } catch let error as LMSError {
            return [error.message, error.hint ?? ""] + (error.problems ?? []).map(\.text)
        } catch {
            return ["\(error)"]
        }
    }

    @Test func `all together are bounded, also where each was read by itself`() async throws {
        func expectTooMuch(_ texts: [String], _ message: String, _ code: LMSError.Code) async throws {
            let sources = texts.enumerated().map { (name: "f\($0)", text: $1) }
            let files = try CourseFile.gathering(sources) { _, _ in "" }
            let error = try await scene.world.expectRefusal(code) {
                try await scene.guru.perform(ApplyCourseFiles(files: files))
            }
            #expect(error?.message == message)
        }
        let names = String(repeating: "s,", count: 25_001)
        try await expectTooMuch(
            (1...2).map { "course: c\($0)\ntitle: A\nstudents: [\(names)]" },
            "these are too many names at once: 50002, at most 50000", .tooLarge)
        let courses = (1...2).map { file in (0...5000).map { "---\ncourse: c\(file)-\($0)\ntitle: A\n" }.joined() }
        try await expectTooMuch(courses, "these are too many courses at once: at most 10000", .tooLarge)
        let materials = (1...3).map { course in
            "course: c\(course)\ntitle: A\nmaterials:\n"
                + (0..<7000).map { "- {title: m\($0), description: x}\n" }.joined()
        }
        try await expectTooMuch(materials, "these are too many materials at once: at most 20000", .tooLarge)
    }

    @Test func `changed texts are found, whether the materials were made together or not`() async throws {
        func text(_ numbers: some Sequence<Int>, _ words: String) -> String {
            "course: A-1\ntitle: A\nmaterials:\n"
                + numbers.map { "- {title: m\($0), description: \(words)}\n" }.joined()
        }
        // The first forty have ids without a gap, until one of them goes; the others stand alone.
        try await scene.apply(text(0..<40, "old"))
        for number in 40..<48 {
            try await scene.apply("course: B-\(number)\ntitle: B\nmaterials: [{title: b, description: x}]")
            try await scene.apply("course: A-1\nmaterials: [{title: m\(number), description: old}]")
        }
        let kept = (0..<48).filter { $0 != 30 }
        try await scene.apply(text(kept, "old"), prune: true)
        #expect(try await scene.diff(text(kept, "old")) == ["unchanged course A"])
        #expect(try await scene.diff(text(kept, "new")) == kept.map { "updated material m\($0) (description)" })
        #expect(
            try await scene.diff("course: A-1\nmaterials: [{title: m44, description: new}]") == [
                "updated material m44 (description)"
            ])
    }
}
