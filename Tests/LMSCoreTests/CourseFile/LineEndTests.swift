import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// Line ends of the texts of a course.
@Suite struct LineEndTests {
    let scene: CourseFileScene

    init() async throws { scene = try await CourseFileScene() }

    private func note(
        of changed: String, after first: String, inline: Bool = false
    ) async throws -> (outcome: Outcome?, note: String?) {
        func file(_ text: String) -> CourseFile {
            CourseFile(
                name: "f",
                text: "course: A-1\ntitle: A\nmaterials:\n  - title: B\n    description_file: b.md\n",
                attachments: [CourseFile.Attachment(path: "b.md", text: text)])
        }
        _ = try await scene.guru.perform(ApplyCourseFiles(files: [file(first)]))
        let plan = try await scene.guru.perform(DiffCourseFiles(files: [file(changed)]))
        let change = try #require(plan.changes.first)
        return (change.outcome.known, change.record.note)
    }

    @Test(
        arguments: [
            ("a\nb\n", "a\r\nb\r\n"), ("a\r\nb", "a\rb"), ("a\r\rb", "a\n\nb"), ("\n", "\r\n"),
            ("a\r\n\nb", "a\n\r\nb"),
        ])
    func `a change of nothing else is marked, and is a change`(first: String, changed: String) async throws {
        let (outcome, note) = try await note(of: changed, after: first)
        #expect(outcome == .updated)
        #expect(note == "line ends only")
    }

    @Test func `texts are compared as if each end of a line were a newline`() {
        func lines(_ text: [UInt8]) -> [UInt8] {
            var lines: [UInt8] = []
            for (index, byte) in text.enumerated() {
                if byte == 10, index > 0, text[index - 1] == 13 { continue }
                lines.append(byte == 13 ? 10 : byte)
            }
            return lines
        }
        // All texts of up to four of these.
        var texts: [[UInt8]] = [[]]
        for length in 0..<4 {
            texts += texts.filter { $0.count == length }.flatMap { text in [10, 13, 97].map { text + [$0] } }
        }
        for left in texts {
            for right in texts {
                let isSame = String(decoding: left, as: UTF8.self)
                    .hasSameLines(as: String(decoding: right, as: UTF8.self))
                #expect(isSame == (lines(left) == lines(right)), "\(left) \(right)")
            }
        }
    }

    @Test(
        arguments: [
            ("a\nb\n", "a\nc\n"), ("a\nb\n", "a\r\nb"), ("a\n\nb", "a\r\nb"), ("a\nb", "a b"),
            ("a\n", "a\r\nb"),
        ])
    func `any other change is not marked`(first: String, changed: String) async throws {
        let (outcome, note) = try await note(of: changed, after: first)
        #expect(outcome == .updated)
        #expect(note == nil)
    }

    @Test func `so is the course's own text, but not with another key`() async throws {
        try await scene.apply("course: A-1\ntitle: A\ndescription: \"a\\r\\nb\"")
        func notes(_ text: String) async throws -> [String?] {
            try await scene.guru.perform(DiffCourseFiles(files: [CourseFileScene.file(text)])).changes.map(
                \.record.note)
        }
        #expect(try await notes("course: A-1\ndescription: \"a\\nb\"") == ["line ends only"])
        #expect(try await notes("course: A-1\ntitle: B\ndescription: \"a\\nb\"") == [nil])
        #expect(try await notes("course: A-1\ndescription: \"a\\r\\nb\"") == [nil])
    }

    @Test func `files that Git and Windows leave alone: no name of a device, no twin in another case`() async throws {
        try await scene.apply("course: A-1\ntitle: A")
        for title in [
            "CON", "con.", "Aux", "COM1", "lpt9", "Nul?", "console", "A: b", "a; B", "...", "Week 1. ",
        ] {
            _ = try await scene.guru.perform(AddMaterial(course: "A-1", title: title, description: "x"))
        }
        let file = try await scene.guru.perform(ExportCourse(course: "A-1", split: true))
        let names = file.attachments.map { String($0.path.dropFirst("materials/".count)) }
        #expect(
            names == [
                "_con.md", "con-2.md", "_aux.md", "_com1.md", "_lpt9.md", "_nul.md", "console.md", "a-b.md",
                "a-b-2.md",
                "course.md", "week-1.md",
            ])
        #expect(Set(names.map { $0.lowercased() }).count == names.count)
        let plan = try await scene.guru.perform(DiffCourseFiles(files: [file], prune: true))
        #expect(!plan.hasChanges)
    }

    @Test func `what a file would not give back stands in the course file: a byte order mark, the look of a PDF`() async throws {
        try await scene.apply("course: A-1\ntitle: A")
        for (title, text) in [("B", "\u{feff}b\n"), ("C", "%PDF-\n"), ("D", "{\\rtf\n")] {
            _ = try await scene.guru.perform(AddMaterial(course: "A-1", title: title, description: text))
        }
        let file = try await scene.guru.perform(ExportCourse(course: "A-1", split: true))
        #expect(file.attachments.isEmpty)
        let plan = try await scene.guru.perform(DiffCourseFiles(files: [file], prune: true))
        #expect(!plan.hasChanges)
    }
}
