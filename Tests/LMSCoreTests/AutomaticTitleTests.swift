import LMSCore
import LMSTestSupport
import Testing

/// The title of a Markdown file.
@Suite struct AutomaticTitleTests {
    let world: World
    let guru: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        _ = try await guru.perform(CreateCourse(title: "Biology", code: "BIO-101"))
    }

    private func title(of text: String) async throws -> String {
        let made = try await guru.perform(AddMaterial(course: "BIO-101", description: text))
        #expect(made.record.description.map { Array($0.utf8) } == Array(text.utf8))
        return made.record.title
    }

    @Test(
        arguments: [
            ("---\ntitle: Air\n---\n# Api\n", "Air"),
            ("\u{feff}---\r\ntitle: Air\r\n---\r\n# Api\r\n", "Air"),
            ("---\rtitle: Air\r---\r", "Air"),
            ("---\ndate: 2027-01-11\ntitle: \"Air: 'asin'\"\n---\n", "Air: 'asin'"),
            ("---\ntitle: 'Jum'at pagi'\n---\n", "Jum'at pagi"), ("---\nTitle: Air\n...\nTeks\n", "Air"),
            ("---\ntitle: Rapat 3: Air\n---\n", "Rapat 3: Air"), ("---\ntitle: Bab #3\n---\n", "Bab #3"),
            ("---\ntitle: Air # draf\n---\n", "Air"), ("---\ntitle: >-\n  Air laut\n---\n", "Air laut"),
            (
                "---\ntitle: >\n  Pengantar Biologi Sel\n\n  dan Jaringan\ndate: x\n---\n",
                "Pengantar Biologi Sel dan Jaringan"
            ),
            (
                "---\ntitle: Pengantar Biologi Sel dan Jaringan untuk Siswa Kelas Sepuluh Semester Ganjil\n---\n",
                "Pengantar Biologi Sel dan Jaringan untuk Siswa Kelas Sepuluh Semester Ganjil"
            ),
            ("+++\ntitle = \"Air\"\n+++\nTeks\n", "Air"), ("---   \ntitle: Air\n---\t\n", "Air"),
            ("---\nsubtitle: x\n---\n\nTeks dulu.\n\n# Api unggun #\n", "Api unggun"),
            ("---\ntitle:\n---\n## C#\n", "C#"), ("---\nx: 1\n---\n```\n# tidak\n```\nApi\n===\n", "Api"),
            ("---\nx: 1\n---\n#bukan judul\n\nTeks\n", "bukan judul"),
            ("---\nx: 1\n---\nTeks saja.\nLagi.\n", "Teks saja."),
            ("---\nx: 1\n---\n", "x: 1"), ("---\n\nTeks di bawah garis.\n", "Teks di bawah garis."),
            ("***\n\nTeks\n", "Teks"), ("---\n", "---"), ("Teks dulu.\n\n# Judul\n", "Teks dulu."),
            ("\u{200b}\n\u{2060} \nTeks\n", "Teks"), ("---\ntitle: \u{200b}\n---\n# Api\n", "Api"),
        ])
    func `its front matter's, else its first heading, else its first words`(text: String, expected: String) async throws {
        #expect(try await title(of: text) == expected)
    }

    @Test func `a text of 1 MiB takes a moment, whatever is in it`() async throws {
        let size = 1 << 20
        func filled(_ piece: String, after start: String = "") -> String {
            start + String(repeating: piece, count: (size - start.utf8.count) / piece.utf8.count)
        }
        let texts = [
            filled("-\n", after: "---\n"), filled("title \n", after: "---\n"),
            filled(" # ", after: "---\ntitle: a"),
            filled("`", after: "---\n---\n"), filled("- -\n", after: "---\n---\n"),
            filled("e\u{301}", after: "a"),
            filled("\u{200b}", after: "a"), filled("#", after: "---\nx: 1\n---\n"),
        ]
        for text in texts {
            let start = ContinuousClock.now
            _ = try? await title(of: text)
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }
}
