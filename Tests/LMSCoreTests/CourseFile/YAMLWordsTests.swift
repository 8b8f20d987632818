import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// What YAML takes for something else.
@Suite struct YAMLWordsTests {
    let scene: CourseFileScene

    init() async throws {
        scene = try await CourseFileScene()
        try await scene.apply("course: A-1\ntitle: A")
    }

    /// A course file with one material of this title.
    private static func file(title: String) -> String {
        "course: A-1\nmaterials:\n  - title: \(title)\n    description: x\n"
    }

    /// Titles as people write them, where YAML goes wrong, and how they are to be written.
    static let titles: [(String, place: String, written: String?)] = [
        ("Rapat 3: Air", "3:19", "\"Rapat 3: Air\""),
        ("Rapat: Air: Api", "3:17", "\"Rapat: Air: Api\""),
        ("\u{201c}Rapat 3: Air\u{201d}", "3:20", "\"Rapat 3: Air\""),
        ("@sekolah", "3:12", "\"@sekolah\""),
        ("`kode`", "3:12", "\"`kode`\""),
        ("%50", "3:12", "\"%50\""),
        ("*Baca* dulu", "3:12", "\"*Baca* dulu\""),
        ("*Baca*", "3:12", "\"*Baca*\""),
        ("*Baca dulu", "3:12", nil),
        ("&lanjut", "3:12", nil),
        ("!penting sekali", "3:12", nil),
        ("[Baru] Bab 1", "3:12", "\"[Baru] Bab 1\""),
        ("[Baru]", "3:12", nil),
        ("{x} Bab 1", "3:12", "\"{x} Bab 1\""),
        ("{x}", "3:12", nil),
        ("- Bab 1", "3:12", "\"- Bab 1\""),
        (">90% benar", "3:12", "\">90% benar\""),
        ("|x| dan |y|", "3:12", "\"|x| dan |y|\""),
        (", lalu", "3:12", "\", lalu\""),
        ("'Sya'ir' lama", "3:17", "\"'Sya'ir' lama\""),
        ("'Ma'ruf'", "3:16", "\"Ma'ruf\""),
        ("\"Bab\" 1", "3:18", "\"\\\"Bab\\\" 1\""),
        ("\"C:\\kelas\"", "3:15", nil),
    ]

    @Test(arguments: titles)
    func `the source location is named, and how it is to be written`(text: String, place: String, written: String?) async throws {
        let problems = try await scene.problems(Self.file(title: text))
        let problem = try #require(problems.first)
        #expect(problems.count == 1, "\(problems)")
        #expect(problem.hasPrefix("\(place): "), "\(problem)")
        #expect(problem.contains("quotes"), "\(problem)")
        if let written {
            #expect(
                problem.hasSuffix(": put quotes around it: \(written)") || problem.hasSuffix(": \(written)"))
            // What is advised is the title that was meant.
            let meant = text.unicodeScalars.first == "\u{201c}" ? String(text.dropFirst().dropLast()) : text
            try await scene.apply(Self.file(title: written))
            let titles = try await scene.guru.perform(ListMaterials(course: "a-1")).items.map(\.title)
            #expect(
                titles.contains(meant) || titles.contains(String(meant.dropFirst().dropLast())), "\(titles)")
        }
    }

    @Test(
        arguments: [
            ("Bab #3", "3:16"), ("Bab   #3", "3:18"), ("Bab\t#3", "3:16"), ("Bab #", "3:16"),
            ("Bab ##", "3:16"),
            ("#3 Bab", "3:12"), ("Bab # tiga", nil), ("Bab#3", nil), ("C# dasar", nil), ("'Bab #3'", nil),
            ("\"Bab\" #3", nil), ("Bab #\ttiga", nil),
        ] as [(String, String?)])
    func `a # that would cut a text is refused; a comment stays one`(title: String, place: String?) async throws {
        guard let place else {
            #expect(try await scene.diff(Self.file(title: title)).count == 1)
            return
        }
        let problems = try await scene.problems(Self.file(title: title))
        #expect(problems.count == 1 && problems[0].hasPrefix("\(place): from # on"), "\(problems)")
        #expect(problems[0].contains("put quotes around the text"))
    }

    @Test func `every cut text is named, of names and of courses too`() async throws {
        let text = """
            course: A-1
            title: Kelas #7
            description: Lihat #tugas
            students:
              - siti #1
            materials: #semua
              - title: A #1
                description: |
                  kept #as it is
            """
        let problems = try await scene.problems(text)
        #expect(
            problems.map { $0.prefix { $0 != " " } } == ["2:14:", "3:20:", "5:10:", "7:14:"], "\(problems)")
    }

    @Test(
        arguments: [
            ("\u{201c}Biologi\u{201d}", true), ("\u{2018}Biologi\u{2019}", true),
            ("\u{201e}Biologi\u{201c}", true),
            ("\u{201c}Hujan\u{201d} dan \u{201c}angin\u{201d}", false), ("Kata \u{201c}hujan\u{201d}", false),
            ("\"\u{201c}Biologi\u{201d}\"", false),
        ])
    func `quotes of a word processor are told`(title: String, isRefused: Bool) async throws {
        guard isRefused else {
            #expect(try await scene.diff(Self.file(title: title)).count == 1)
            return
        }
        let problems = try await scene.problems(Self.file(title: title))
        #expect(problems.count == 1 && problems[0].hasPrefix("3:12: these quotes of a word processor"))
    }

    @Test(
        arguments: [
            ("course: A-1\n title: A", "2:2: this key stands further in"),
            ("course: A-1\nmaterials:\n  - title: A\n     description: x", "4:6: this key stands further in"),
            (
                "course: A-1\nmaterials:\n  - title: A\n   description: x",
                "4:4: this line begins in another column"
            ),
            (
                "course: A-1\nmaterials:\n  - title: A\n    description: x\n - title: B\n",
                "5:2: this line begins in"
            ),
            ("course: A-1\nmaterials:\n\t- title: A", "3:1: a tab indents this line"),
            ("course: A-1\nmaterials:\n\u{a0} - title: A", "3:1: a blank of another kind (U+00A0)"),
            ("course: A-1\nmaterials:\n-\u{3000}title: A", "3:1: a blank of another kind (U+3000)"),
            ("course: A-1\nmaterials:\n\u{2013} title: A", "3:1: \u{2013} is no - to YAML"),
            ("course: A-1\n\u{200b}title: A", "2:1: a blank of another kind (U+200B)"),
            ("course: A-1\ntitle A\n", "2:1: this line is neither 'key: value' nor more of a text"),
            ("course: A-1\ntitle:A\n", "2:1: put a blank behind the ':'"),
            ("course: A-1\ntitle:\u{a0}A\n", "2:1: the blank behind ':' is of another kind (U+00A0)"),
            ("course: A-1\ntitle\u{ff1a}A\n", "2:1: this colon is of another kind (U+FF1A)"),
            ("course:A-1", "1:1: put a blank behind the ':'"),
            ("course:A-1\ntitle:A", "1:1: put a blank behind the ':'"),
            ("course: A-1\ntitle: 'A\n", "2:8: this ' is never closed"),
            ("course: A-1\ntitle: \"A\ndescription: x\n", "2:8: this \" is never closed"),
            ("course: A-1\nstudents: [siti, budi\ntitle: A", "2:11: this [ is never closed"),
            ("course: A-1\nstudents: [siti, @budi]", "2:18: a text that begins with @ must stand in quotes"),
            ("course: A-1\n\u{feff}title: A", "2:1: a byte order mark (U+FEFF) stands here"),
        ])
    func `lines that are not indented as they are meant`(text: String, expected: String) async throws {
        let problems = try await scene.problems(text)
        #expect(problems.count == 1 && problems[0].hasPrefix(expected), "\(problems)")
    }

    @Test func `lists say how they are written`() async throws {
        let problems = try await scene.problems("course: A-1\nstudents: siti, budi\nmaterials: Air")
        #expect(problems[0].contains("write [siti, budi]"))
        #expect(problems[1].contains("begin each material with '- title: '"))
        let list = "course: A-1\nstudents:\n  - siti, budi\n  - 'siti budi'\n  - siti"
        let names = try await scene.problems(list)
        #expect(names.map { $0.prefix { $0 != " " } } == ["3:5:", "4:5:"], "\(names)")
        #expect(names.allSatisfy { $0.contains("is not one username: write [siti, budi]") })
    }

    @Test func `blanks that nobody sees around codes, names and dates are passed over`() async throws {
        let text =
            "course: a-1\u{a0}\nrelease_date: \u{a0}2027-01-11\nenrollment: open\u{200b}\nstudents: [siti\u{a0}]\n"
        #expect(
            try await scene.apply(text) == ["updated course A (release_date)", "created student siti"])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `lines end with LF, CR LF or CR, and are counted the same`(end: String) async throws {
        let text = "course: A-1\ntitle: B\nmaterials:\n  - title: C\n    description: |\n      d\n      e\n"
        #expect(try await scene.apply(text.replacing("\n", with: end)).count == 2)
        let material = try #require(try await scene.guru.perform(ListMaterials(course: "a-1")).items.first)
        #expect(material.description == "d\ne\n")
        let wrong = "course: A-1\n\n# note\nfoo: x\n"
        #expect(try await scene.problems(wrong.replacing("\n", with: end)).first?.hasPrefix("4:1:") == true)
    }

    @Test(
        arguments: [
            ("minggu.md", "---\ntitle: A\n---\n\n# Air\n\nTeks.\n"),
            ("minggu.md", "# Air\n\nTeks: satu: dua\n"),
            ("MINGGU.MD", "Teks.\n"), ("minggu.txt", "---\ncourse: A-1\ntitle: A\n---\nTeks.\n"),
        ])
    func `a Markdown file is told for what it is`(name: String, text: String) async throws {
        let error = await expectError(.invalid) {
            try await scene.guru.perform(
                ApplyCourseFiles(files: [CourseFile(name: name, text: text, attachments: [])]))
        }
        let message = error?.problems?.last?.message ?? ""
        #expect(message.hasPrefix("this is Markdown and no course file"), "\(String(describing: error))")
        #expect(message.contains("--description-file"))
    }

    @Test func `no words of the YAML reader reach a user`() async throws {
        let pieces = [
            "course: A-1\n", "title: ", "'", "\"", "[", "{", "]", "}", "- ", "\t", ": ", "? ", "&a", "*a",
            "!", "|", ">",
            "%", "@", "`", "#", "\n", "  ", "x", ", ", "---\n", "...\n", "\\", "\u{a0}",
        ]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<150 {
            let text = (0..<Int.random(in: 1...10)).compactMap { _ in pieces.randomElement(using: &generator)
            }.joined()
            do {
                _ = try await scene.guru.perform(
                    DiffCourseFiles(files: [CourseFileScene.file("course: A-1\n" + text, [])]))
            } catch let error as LMSError {
                let words = ([error.message] + (error.problems ?? []).map(\.message)).joined(separator: "\n")
                for inner in [
                    "scalar", "token", "mapping", "sequence", "block", "did not find", "found ", "scanning",
                ] {
                    #expect(!words.contains(inner), "\(text.debugDescription): \(words)")
                }
            }
        }
    }
}
