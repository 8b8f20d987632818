import LMSCore
import LMSTestSupport
import Testing

/// Titles and texts.
@Suite struct TextTests {
    let world: World
    let guru: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
    }

    static let acceptedTitles = [
        "a", String(repeating: "x", count: 255), String(repeating: "\u{1f600}", count: 255),
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
        "\u{0643}\u{062a}\u{0627}\u{0628}\u{200c}\u{0647}\u{0627}",
        "\u{0628}\u{0647}\u{0627}\u{0633} \u{0645}\u{0644}\u{0627}\u{064a}\u{0648}",
        "'; DROP TABLE course; --",
        "100% _sure_", "=1+1", "<b>", "\\ \"",
    ]

    @Test(arguments: acceptedTitles)
    func `a title has 1 to 255 scalars; joiners, emoji families and Jawi are fine`(title: String) async throws {
        let course = try await guru.makeCourse(title: title)
        _ = try await guru.makeMaterial(title, in: course)
        let shown = try await guru.perform(ShowCourse(course: course)).title
        #expect(Array(shown.utf8) == Array(title.utf8))
        let listed = try await guru.perform(ListMaterials(course: course)).items.map(\.title)
        #expect(listed.map { Array($0.utf8) } == [Array(title.utf8)])
    }

    /// Controls, C1, bidirectional controls, separators and the byte order mark.
    static let refusedScalars: [UInt32] = [
        0, 1, 7, 8, 9, 0xa, 0xd, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0x61c, 0x200e, 0x200f, 0x202a,
        0x202b,
        0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x2028, 0x2029, 0xfeff,
    ]

    @Test(arguments: refusedScalars)
    func `a character that steers the terminal or the reader is refused in a title`(value: UInt32) async throws {
        let title = "before\(try #require(Unicode.Scalar(value)))after"
        let course = try await guru.makeCourse()
        let material = try await guru.makeMaterial("Week 1", in: course)
        let refused: [any UseCase] = [
            CreateCourse(title: title), EditCourse(course: course, title: title),
            AddMaterial(course: course, title: title, description: "x"),
            EditMaterial(material: material, title: title),
        ]
        for useCase in refused {
            let error = try await world.expectRefusal(.invalid) {
                try await guru.service.perform(useCase) as Any
            }
            #expect(error.map { !$0.message.unicodeScalars.contains { $0.value == value } } == true)
        }
    }

    @Test(
        arguments: [
            "", " ", "\u{3000}\u{a0}\t\n", String(repeating: "x", count: 256),
            String(repeating: "\u{1f600}", count: 256),
        ])
    func `an empty title, or one of 256 scalars, is refused`(title: String) async throws {
        let course = try await guru.makeCourse()
        try await world.expectRefusal(.invalid) { try await guru.perform(CreateCourse(title: title)) }
        try await world.expectRefusal(.invalid) {
            try await guru.perform(EditCourse(course: course, title: title))
        }
        try await world.expectRefusal(.invalid) {
            try await guru.perform(AddMaterial(course: course, title: title, description: "x"))
        }
    }

    @Test func `a title is stored composed and without white space at its ends; length counts after that`() async throws {
        let course = try await guru.makeCourse(title: " \u{3000}e\u{301}cole\t\n")
        let shown = try await guru.perform(ShowCourse(course: course)).title
        #expect(Array(shown.utf8) == Array("\u{e9}cole".utf8))
        _ = try await guru.makeCourse("long", title: String(repeating: "e\u{301}", count: 255) + "   ")
    }

    static let texts = [
        "line\r\nline\r\n", "lone\rreturn", "e\u{301}", "\u{e9}", " ends \n", "\u{feff}mark", "\u{1b}[31mred",
        "\t",
        "\u{202e}bidi", "\u{1f600}", "'; DROP TABLE material; --", "\n",
    ]

    @Test(arguments: texts)
    func `a text is kept byte for byte`(text: String) async throws {
        let made = try await guru.perform(CreateCourse(title: "Biology", description: text))
        let course = CourseReference(made.record.code.rawValue)
        let material = try await guru.makeMaterial("a", text: text, in: course)
        let shown = [
            made.record.description, try await guru.perform(ShowCourse(course: course)).description,
            try await guru.perform(ShowMaterial(material: material)).description,
            try await guru.perform(ListMaterials(course: course)).items.first?.description,
        ]
        for found in shown { #expect(Array(try #require(found).utf8) == Array(text.utf8)) }
    }

    @Test func `a text has at most 1 MiB, in bytes`() async throws {
        let longest = String(repeating: "\u{e9}", count: 1 << 19)
        let course = try await guru.makeCourse()
        let material = try await guru.makeMaterial("a", text: longest, in: course)
        _ = try await guru.perform(EditCourse(course: course, description: longest))
        let longer = longest + "x"
        let refused: [any UseCase] = [
            CreateCourse(title: "Biology", description: longer),
            EditCourse(course: course, description: longer),
            AddMaterial(course: course, title: "b", description: longer),
            EditMaterial(material: material, description: longer),
        ]
        for useCase in refused {
            await expectError(.tooLarge) { try await guru.service.perform(useCase) as Any }
        }
    }

    @Test(arguments: ["\0", "a\0b"])
    func `a text with NUL is refused`(text: String) async throws {
        let course = try await guru.makeCourse()
        let material = try await guru.makeMaterial("a", in: course)
        let refused: [any UseCase] = [
            CreateCourse(title: "Biology", description: text), EditCourse(course: course, description: text),
            AddMaterial(course: course, description: text),
            EditMaterial(material: material, description: text),
        ]
        for useCase in refused {
            try await world.expectRefusal(.invalid) { try await guru.service.perform(useCase) as Any }
        }
    }
}
