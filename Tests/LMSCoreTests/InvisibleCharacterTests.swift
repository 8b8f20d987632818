import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// Characters that nobody sees.
@Suite struct InvisibleCharacterTests {
    let world: World
    let guru: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
    }

    static let invisible = [
        "\u{200b}", "\u{ad}", "\u{2060}", "\u{3164}", "\u{e0041}\u{e0042}", "\u{fffd}", "\u{fe0f}",
        "\u{115f}",
        "\u{1160}", "\u{ffa0}", "\u{180e}", "\u{34f}", "\u{e0100}", "\u{2800}", "\u{a0}\u{2007}\u{202f}",
        "\u{200d}\u{200c}", "\u{2061}\u{2064}", "\u{206a}", "\u{17b4}", "\u{180b}\u{180f}",
        "\u{fff9}\u{fffb}",
        "\u{fffc}", "\u{1d173}", "\u{1bca0}", "\u{feff}", "\u{200e}", "\u{fffd}\u{200b}\u{fffd}", "\u{1d159}",
        "\u{2d7f}", "\u{13430}",
    ]

    @Test(arguments: invisible)
    func `a title that nobody can see is empty`(title: String) async throws {
        let course = try await guru.makeCourse()
        let material = try await guru.makeMaterial("Week 1", in: course)
        for text in [title, " \(title)\n", title + title] {
            let refused: [any UseCase] = [
                CreateCourse(title: text), EditCourse(course: course, title: text),
                AddMaterial(course: course, title: text, description: "x"),
                EditMaterial(material: material, title: text), CreateToken(label: text),
            ]
            for useCase in refused {
                let error = try await world.expectRefusal(.invalid) {
                    try await guru.service.perform(useCase) as Any
                }
                #expect(error?.message.hasSuffix("is empty") == true)
            }
        }
    }

    @Test(
        arguments: [
            ("\u{a0}\u{feff}a b\u{200b}\u{3000}", "a b"), ("\u{2800}x\u{2800}", "x"), ("", ""),
            (" \u{200b}", ""), ("siti\u{fe0f}", "siti"), ("\u{2764}\u{fe0f} ", "\u{2764}\u{fe0f}"),
            ("\u{2764}\u{fe0f}\u{200d}", "\u{2764}\u{fe0f}"),
            ("\u{1f468}\u{200d}\u{1f467}\u{ad}", "\u{1f468}\u{200d}\u{1f467}"),
            ("\u{845b}\u{e0100}\u{a0}", "\u{845b}\u{e0100}"), ("1\u{fe0f}\u{20e3}", "1\u{fe0f}\u{20e3}"),
            (scotland + "\u{200b}", scotland),
            (
                "\u{643}\u{62a}\u{627}\u{628}\u{200c}\u{647}\u{627}\u{200c}",
                "\u{643}\u{62a}\u{627}\u{628}\u{200c}\u{647}\u{627}"
            ),
            ("\u{7}a\u{1b}", "\u{7}a\u{1b}"),
        ])
    func `blanks of every kind and invisible characters around a text go, what belongs to its last character stays`(
        text: String, expected: String
    ) async throws {
        #expect(Array(text.trimmed.utf8) == Array(expected.utf8))
    }

    static let scotland = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}"

    @Test(
        arguments: [
            ("Week 1\u{e0068}\u{e0069}", false), ("We\u{e0068}ek", false), ("\u{e0001}Week", false),
            (scotland, true), ("Kilt \(scotland) and \(scotland)!", true),
            ("\u{1f3f4}\u{e0067}\u{e0062}", false),
            ("\u{1f3f4}" + String(repeating: "\u{e0061}", count: 40) + "\u{e007f}", false),
            ("\u{1f600}\u{e0067}\u{e0062}\u{e0073}\u{e007f}", false), ("\(scotland)\u{e0041}", false),
        ])
    func `tags that carry a hidden text are refused in a title, wherever they stand; the flag of a region is fine`(
        title: String, isTaken: Bool
    ) async throws {
        let course = try await guru.makeCourse()
        if isTaken {
            _ = try await guru.makeMaterial(title, in: course)
            #expect(try await guru.titles(in: course) == ["1 \(title)"])
        } else {
            let error = try await world.expectRefusal(.invalid) {
                try await guru.perform(AddMaterial(course: course, title: title, description: "x"))
            }
            #expect(error?.message.contains("hidden text") == true)
        }
    }

    @Test(
        arguments: [
            ("si\u{200b}ti", "'si\\u{200b}ti'"), ("siti\u{a0}", "'siti\\u{a0}'"),
            ("\u{feff}siti", "'\\u{feff}siti'"),
            ("s\u{456}ti", "U+0456"),
        ])
    func `a name or a code with a character that nobody sees shows it`(name: String, shown: String) async throws {
        let course = try await guru.makeCourse()
        let refused: [any UseCase] = [
            RegisterUser(username: Username(name), password: Password(World.password), role: .student),
            AddStudents(course: course, usernames: [Username(name)]),
            CreateCourse(title: "Biology", code: CourseCode(name)),
            ShowCourse(course: CourseReference(name)),
        ]
        for useCase in refused where !(useCase is AddStudents && shown.hasPrefix("U+")) {
            do {
                _ = try await guru.service.perform(useCase) as Any
                Issue.record("\(useCase) was done")
            } catch let error as LMSError {
                let words = ([error.message] + (error.problems ?? []).map(\.message)).joined(separator: "\n")
                #expect(words.contains(shown) || shown.hasPrefix("U+") && words.contains(name), "\(words)")
            }
        }
    }

    @Test func `what nobody sees around a username keeps nobody out, and is counted as the same name`() async throws {
        try await world.register("siti", as: .student)
        _ = try await world.logIn("\u{feff}siti\u{a0}")
        for _ in 0..<5 {
            await expectError(.wrongPassword) {
                try await world.logIn("siti\u{200b}", password: "wrong wrong")
            }
        }
        await expectError(.throttled) { try await world.logIn("siti") }
    }
}
