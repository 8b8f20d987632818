import LMSCore
import LMSTestSupport
import Testing

/// Exporting a course.
@Suite struct ExportTests {
    let scene: CourseFileScene
    var guru: Person { scene.guru }

    init() async throws { scene = try await CourseFileScene() }

    /// Texts that YAML could change on the way.
    static let texts = [
        "plain", "", " ", "\n", "\n\n", "a\n", "a\n\n\n", "a", "a\nb", " a\nb\n", "\ta\n\tb\n", "a \nb\n",
        "a\t\nb", "a\r\nb\r\n", "a\rb", "---\n", "---\na: b\n---\n", "...\n", "# a\n", "a: b\n- c\n", "- a",
        "'", "\"", "\\",
        "a\u{85}b\n", "a\u{2028}b\nc\u{2029}", "\u{feff}a\nb", "a\u{feff}\nb", "\u{1b}[2J\n",
        "\u{7f}\n\u{9f}",
        "😀\n👩‍🏫 e\u{301} é\n", "\u{200b}\u{202e}x\n", "\u{e000}\n\u{10ffff}\n\u{fffe}\n\u{fffd}\n", "null", "~",
        "yes", "No", "1984", "1e3", "0x1F", "2027-01-11", "!tag", "&a", "*a", "%x", "@x", "`x", "|", ">",
        "? a", "a #b",
        "a: b", "x\n  y\n    z\n", "  \n \nx\n", "x\n \n", "x\n\t\n", "x\n   ", "{}", "[]", "a\u{b}b",
        "a\u{1}b\n",
        String(repeating: "word ", count: 100) + "\nend\n", String(repeating: "x", count: 2000),
    ]

    @Test(arguments: [false, true])
    func `applied again, everything is unchanged, odd texts too`(split: Bool) async throws {
        try await scene.apply(CourseFileScene.biology)
        for (index, text) in Self.texts.enumerated() {
            let title = index % 3 == 0 ? "Week: #\(index) 'é' \"" : "Lesson \(index)"
            _ = try await guru.perform(AddMaterial(course: "bio-101", title: title, description: text))
            let course = try await guru.perform(CreateCourse(title: "Text \(index)", description: text))
                .record
            let file = try await guru.perform(
                ExportCourse(course: CourseReference(course.code.rawValue), split: split))
            let plan = try await guru.perform(DiffCourseFiles(files: [file], prune: true))
            #expect(!plan.hasChanges, "\(text.debugDescription): \(file.text)")
        }
        let file = try await guru.perform(ExportCourse(course: "bio-101", split: split))
        #expect(file.attachments.isEmpty == !split)
        let plan = try await guru.perform(ApplyCourseFiles(files: [file], prune: true))
        #expect(CourseFileScene.lines(plan) == ["unchanged course Biology"], "\(file.text)")

        _ = try await guru.perform(DeleteCourse(course: "bio-101"))
        _ = try await guru.perform(ApplyCourseFiles(files: [file]))
        let materials = try await guru.perform(ListMaterials(course: "bio-101")).items
        #expect(materials.count == Self.texts.count + 2)
        for (material, text) in zip(materials.dropFirst(2), Self.texts) {
            #expect(material.description.map { Array($0.utf8) } == Array(text.utf8))
        }
    }

    @Test func `few students are one line; many have one each, and read back`() async throws {
        let names = (1...12).map { "murid-\($0)" }
        for name in names { try await scene.world.register(name, as: .student) }
        try await scene.apply(
            "course: A\ntitle: A\nstudents: [\(names.prefix(9).joined(separator: ", "))]\n")
        try await scene.apply("course: B\ntitle: B\nstudents: [\(names.joined(separator: ", "))]\n")
        let few = try await guru.perform(ExportCourse(course: "A"))
        #expect(few.text.contains("\nstudents: [murid-1, murid-2, murid-3, "))
        let many = try await guru.perform(ExportCourse(course: "B"))
        #expect(many.text.contains("\nstudents:\n  - murid-1\n  - murid-10\n  - murid-11\n"))
        let plan = try await guru.perform(DiffCourseFiles(files: [few, many], prune: true))
        #expect(!plan.hasChanges, "\(CourseFileScene.lines(plan))")
    }

    @Test func `texts made at random come back byte for byte`() async throws {
        let alphabet = [
            "a", "b", " ", " ", "\n", "\n", "\t", "\r", "-", ":", "#", "'", "\"", "\\", "|", ">", "%", "é",
            "😀",
            "\u{85}", "\u{2028}", "\u{feff}", "\u{1b}",
        ]
        var generator = SystemRandomNumberGenerator()
        try await scene.apply("course: R-1\ntitle: Random")
        for index in 0..<300 {
            let text = (0..<Int.random(in: 1...12)).compactMap { _ in
                alphabet.randomElement(using: &generator)
            }
            .joined()
            _ = try await guru.perform(AddMaterial(course: "r-1", title: "\(index)", description: text))
        }
        let file = try await guru.perform(ExportCourse(course: "r-1"))
        let plan = try await guru.perform(DiffCourseFiles(files: [file], prune: true))
        #expect(CourseFileScene.lines(plan) == ["unchanged course Random"])
    }

    @Test func `a file for each text has a name of its own`() async throws {
        try await scene.apply("course: N-1\ntitle: Names")
        for title in ["Week", "week!", "Week 2", "WEEK", "第一課", "第二課", "Empty"] {
            _ = try await guru.perform(
                AddMaterial(course: "n-1", title: title, description: title == "Empty" ? "" : title))
        }
        let file = try await guru.perform(ExportCourse(course: "n-1", split: true))
        let paths = file.attachments.map(\.path)
        #expect(paths.count == 6 && Set(paths).count == 6, "\(paths)")
        #expect(paths.first == "materials/week.md")
        #expect(file.name == "course.yaml")
    }

    @Test func `requests to join are not in it, and stay when it is applied with prune`() async throws {
        try await scene.apply("course: P-1\ntitle: P\nenrollment: approval\nstudents: [budi]")
        let siti = scene.world.service(try await scene.world.logIn("siti").token)
        _ = try await siti.perform(JoinCourse(course: "p-1"))
        let file = try await guru.perform(ExportCourse(course: "p-1"))
        #expect(file.text.contains("students: [budi]\n"))
        #expect(try await !guru.perform(ApplyCourseFiles(files: [file], prune: true)).hasChanges)
        #expect(try await guru.perform(ListRoster(course: "p-1")).items.count == 2)
    }
}
