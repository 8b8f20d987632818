import LMSCore
import LMSTestSupport
import Testing

/// What is wrong in a course file.
@Suite struct CourseFileProblemTests {
    let scene: CourseFileScene

    init() async throws { scene = try await CourseFileScene() }

    @Test(
        arguments: [
            ("", "1:1: there is no course in this file"),
            ("---\n---\n", "1:1: there is no course in this file"),
            ("\u{feff}course: A-1\ntitle: A\nfoo: 1", "3:1: a course has no key 'foo'"),
            ("course: A-1\r\ntitle: A\r\nfoo: 1", "3:1: a course has no key 'foo'"),
            (
                "title: A\ncourse: A-1\ndescription: \"A\u{2028}\u{85}b\"\nfoo: 1",
                "4:1: a course has no key 'foo'"
            ),
            ("course: A-1\ntitle: é😀 x\nx: {é: 1, foo: 2}", "3:1: a course has no key 'x'"),
            ("just words", "1:1: a course is written as 'key: value' lines"),
            ("- course: A-1", "1:1: a course is written as 'key: value' lines"),
            ("title: A", "1:1: 'course' is missing"),
            ("course: A-1\ntitle: A\ntitle: B", "3:1: the key 'title' is here twice, first on line 2"),
            ("course: [A-1]", "1:9: 'course' is a text, not a list"),
            ("course: {a: b}", "1:9: 'course' is a text, not keys and values"),
            ("course:\ntitle: A", "1:8: 'course' has no value"),
            ("course: A-1\ntitle: ~", "2:8: 'title' has no value"),
            ("course: '101'\ntitle: A", "1:9: '101' cannot be a course code"),
            ("course: A-1\ntitle: ' '", "2:8: the title is empty"),
            ("course: A-1\ntitle: \"a\\nb\"", "2:8: the title has a control character"),
            ("course: A-1\ntitle: A\ndescription: \"a\\0b\"", "3:14: the text has a NUL"),
            ("course: A-1\ntitle: A\nrelease_date: 2027-02-29", "3:15: '2027-02-29' is not a date"),
            ("course: A-1\ntitle: A\nenrollment: all", "3:13: 'enrollment' is one of open, approval, closed"),
            ("course: A-1\ntitle: A\nstudents: siti", "3:11: 'students' is a list"),
            ("course: A-1\ntitle: A\nstudents:", "3:10: 'students' has no value: an empty list is []"),
            ("course: A-1\ntitle: A\nstudents: [siti, [budi]]", "3:18: a student is a text, not a list"),
            ("course: A-1\ntitle: A\nstudents:\n  - siti\n  - nobody", "5:5: there is no user 'nobody'"),
            ("course: A-1\ntitle: A\nstudents: [guru]", "3:12: 'guru' is a teacher"),
            ("course: A-1\ntitle: A\nmaterials: [B]", "3:13: a material is written as 'key: value' lines"),
            ("course: A-1\ntitle: A\nmaterials: [{description: x}]", "3:13: 'title' is missing"),
            ("course: A-1\ntitle: A\nmaterials: [{title: B}]", "3:21: there is no material 'B' yet"),
            (
                "course: A-1\ntitle: A\nmaterials:\n  - {title: B, description: x}\n  - {title: ' B', description: y}",
                "5:13: the course has a material called 'B' already, on line 4"
            ),
            (
                "course: A-1\ntitle: A\ndescription: x\ndescription_file: y",
                "4:1: give only one of 'description' and 'description_file'"
            ),
            (
                "course: A-1\ntitle: A\ndescription_file: missing.md",
                "3:19: the file 'missing.md' did not come with this one"
            ),
            ("course: A-1\ntitle: A\ndescription_file: ../x", "3:19: '../x' leads out of this file's folder"),
            ("course: A-1\ntitle: A\ndescription_file: /x", "3:19: '/x' leads out of this file's folder"),
            ("course: A-1\ntitle: A\ndescription_file: .lms_session", "3:19: '.lms_session' is hidden"),
            ("course: A-1\ntitle: A\ndescription_file: ./a/.ssh/id", "3:19: './a/.ssh/id' is hidden"),
            ("course: A-1\ntitle: A\ndescription_file: a/../../x", "3:19: 'a/../../x' leads out"),
            ("course: A-1\ntitle: &a A", "2:8: anchors and aliases (& and *) are not taken here"),
            ("course: A-1\ntitle: *a", "2:8: anchors and aliases (& and *) are not taken here"),
            ("course: A-1\n*a : b", "2:1: anchors and aliases (& and *) are not taken here"),
            ("course: A-1\n<<: *a", "2:5: anchors and aliases (& and *) are not taken here"),
            ("course: !!int 5", "1:9: tags (!) are not taken here"),
            ("course: A-1\n? [a, b]\n: c", "2:3: a key must be a word"),
            ("course: A-1\n\ttitle: x", "2:1: a tab indents this line"),
            ("course: \"A-1", "1:9: this \" is never closed"),
            ("course: A-1\ntitle: A\n...\n}", "4:1: a text that begins with } must stand in quotes"),
            ("course: A\u{1b}", "1:10: a course file may not have this character (U+001B)"),
        ])
    func `is named with its line and column`(text: String, expected: String) async throws {
        let problems = try await scene.problems(text)
        #expect(problems.first?.hasPrefix(expected) == true, "\(problems)")
    }

    @Test func `is named all at once, in the order of the file; of many, twenty and a count`() async throws {
        let text = """
            course: A-1
            students: [nobody]
            title: [A]
            materials:
              - title: B
              - text: C
            """
        #expect(
            try await scene.problems(text).map { $0.prefix { $0 != " " } } == [
                "2:12:", "3:8:", "5:12:", "6:5:", "6:5:",
            ])
        let many = "course: A-1\ntitle: A\nstudents:\n" + (1...35).map { "  - no\($0)\n" }.joined()
        #expect(try await scene.problems(many).count == 20)
        let error = await expectError(.invalid) {
            try await scene.guru.perform(ApplyCourseFiles(files: [CourseFileScene.file(many)]))
        }
        #expect(error?.message == "35 problems, of which 20 are named: nothing was changed")
    }

    @Test func `deep nesting, aliases of aliases and a flood of them are refused at once`() async throws {
        let bomb = (1...30).reduce("a0: &a0 [x, x, x, x, x, x, x, x, x]\n") {
            $0 + "a\($1): &a\($1) [\(Array(repeating: "*a\($1 - 1)", count: 9).joined(separator: ", "))]\n"
        }
        let keys = bomb + "? *a30\n: 1\n"
        let flood = "course: A-1\ntitle: A\nstudents: [" + String(repeating: "*a,", count: 20_000) + "]"
        let deep = [
            String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 900),
            String(repeating: "- ", count: 100_000),
        ]
        for text in [bomb, keys, flood] + deep {
            let start = ContinuousClock.now
            #expect(try await scene.problems(text).count == 1)
            // Unbounded, each would take years.
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }
}
