import LMSCore
import LMSTestSupport
import Testing

/// What a search finds.
@Suite struct SearchTests {
    let world: World
    let guru: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
    }

    private func found(_ words: String) async throws -> [String] {
        try await guru.found(words)
    }

    @Test func `titles, codes, descriptions, and the titles and texts of materials are searched`() async throws {
        _ = try await guru.perform(
            CreateCourse(title: "Biology", code: "sci-7", description: "Cells and genes."))
        _ = try await guru.makeMaterial("Syllabus", text: "Bring a microscope.", in: "sci-7")
        for words in ["biology", "sci-7", "sci", "genes", "biology genes", "genes 7 biology"] {
            #expect(try await found(words) == ["Biology"], "\(words)")
        }
        for words in ["syllabus", "microscope", "microscope syllabus"] {
            #expect(try await found(words) == ["Syllabus"], "\(words)")
        }
        #expect(try await found("guru") == [], "nothing else is searched")
        let hits = try await guru.perform(SearchTexts(words: "bring")).items
        let expected =
            #"[{"kind":"material","id":1,"course":1,"title":"Syllabus","snippet":"Bring a microscope.","course_code":"sci-7"}]"#
        #expect(try asJSON(hits) == expected)
    }

    @Test func `all words must be there; each may be the beginning of one, and only the beginning`() async throws {
        _ = try await guru.makeCourse("a", title: "Molecular biology")
        _ = try await guru.makeCourse("b", title: "Marine biology")
        #expect(try await found("bio") == ["Molecular biology", "Marine biology"])
        #expect(try await found("mol bio") == ["Molecular biology"])
        #expect(try await found("b m") == ["Molecular biology", "Marine biology"])
        #expect(try await found("biology chemistry") == [])
        #expect(try await found("ology") == [])
        #expect(try await found("biologys") == [])
    }

    @Test(
        arguments: [
            ("Café crème", "cafe creme"), ("cafe", "CAFÉ"), ("Cafe\u{301}", "caf\u{e9}"),
            ("Đường phố Việt", "duong pho viet"), ("duong", "Đường"), ("ƠN ƯỚC", "on uoc"),
            ("İstanbul", "istanbul"), ("ISTANBUL", "ıstanbul"), ("ılık", "ILIK"), ("Straße", "STRASSE"),
            ("Smørrebrød", "smorrebrod"), ("Œuvre", "oeuvre"), ("Łódź", "lodz"), ("Ελλάδα", "ελλαδα"),
            ("ΟΔΟΣ", "οδός"), ("Ёлка", "елка"), ("Ｂｉｏ", "bio"), ("ﬁsh", "fish"), ("كِتَابٌ", "كتاب"),
            ("٢٠٢٦", "2026"), ("soft\u{ad}ware", "software"), ("日本語の生物学", "生物"), ("ภาษาไทย", "ไทย"),
            ("हिन्दी", "हिन्दी"), ("한국어", "한국"),
        ])
    func `case, accents and width do not matter, on either side`(title: String, words: String) async throws {
        _ = try await guru.makeCourse("c", title: title)
        _ = try await guru.makeCourse("d", title: "Something else")
        #expect(try await found(words).count == 1)
        #expect(try await guru.perform(ListCourses(words: words)).items.map(\.code) == ["c"])
    }

    @Test func `vowel signs of other scripts are no accents`() async throws {
        _ = try await guru.makeCourse("c", title: "कुल")
        #expect(try await found("कल") == [])
    }

    @Test(
        arguments: [
            "\"biology\"", "biolog*", "*biology*", "^biology", "-biology", "+biology", "(biology)",
            "biology)",
            "biology\"", "\"biology", "heading : biology", "heading:biology", "{heading} biology",
            "biology AND cells", "biology OR nothing", "biology NOT cells", "NEAR(biology cells)",
            "NEAR(biology cells, 2)", "biology''; DROP TABLE course; --", "biology\u{0}cells",
            "%", "biology_", "\\biology\\", "biology ; cells",
        ])
    func `there is no syntax: signs only part words`(words: String) async throws {
        _ = try await guru.makeCourse("a", title: "Biology cells")
        let before = try await world.dump()
        let letters = words.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        if letters.isEmpty {
            await expectError(.invalid) { try await guru.perform(SearchTexts(words: words)) }
        } else {
            let isThere = letters.allSatisfy { ["biology", "biolog", "cells"].contains($0) }
            #expect(try await found(words) == (isThere ? ["Biology cells"] : []))
        }
        #expect(try await world.dump() == before)
    }

    @Test func `words that look like operators are words`() async throws {
        _ = try await guru.makeCourse("a", title: "This and that or not near")
        #expect(try await found("AND") == ["This and that or not near"])
        #expect(try await found("OR NOT NEAR AND") == ["This and that or not near"])
    }

    @Test func `a word with signs in it is found where its parts stand together`() async throws {
        _ = try await guru.makeCourse("BIO-101", title: "Cells")
        _ = try await guru.makeCourse("101-BIO", title: "Genes")
        _ = try await guru.makeCourse("x", title: "Don't panic: C-3.14")
        #expect(try await found("bio-101") == ["Cells"])
        #expect(try await found("bio-10") == ["Cells"])
        #expect(try await found("bio 101") == ["Cells", "Genes"])
        #expect(try await found("don't 3.14") == ["Don't panic: C-3.14"])
    }

    @Test func `nothing to search for, and too much of it, are refused with a sentence`() async throws {
        let long = String(repeating: "é", count: 200)
        _ = try await guru.perform(SearchTexts(words: long))
        let many = "a b c d e f g h i j"
        _ = try await guru.perform(SearchTexts(words: many))
        for words in ["", " \n\t", "*", "\"-\"", "🧬", "\u{301}", "\u{0}", long + "e", many + " k"] {
            let error = try await world.expectRefusal(.invalid) {
                try await guru.perform(SearchTexts(words: words))
            }
            #expect(error?.message.contains("search") == true)
            await expectError(.invalid) { try await guru.perform(ListCourses(words: words)) }
        }
    }

    @Test func `best match first: titles before texts, whole words before beginnings, then by id`() async throws {
        func course(_ code: String, _ title: String, _ text: String) async throws {
            _ = try await guru.perform(
                CreateCourse(title: title, code: CourseCode(code), description: text))
        }
        try await course("c1", "Something", "Mentions cells.")
        try await course("c2", "Other", "About the cell.")
        try await course("c3", "Cells", "")
        try await course("c4", "The cell", "")
        try await course("c5", "A cell", "")
        try await course("cell", "By its code", "")
        _ = try await guru.makeMaterial("Cell walls", text: "", in: "c1")
        let order = ["The cell", "A cell", "By its code", "Cell walls", "Cells", "Other", "Something"]
        #expect(try await found("cell") == order)
        #expect(
            try await guru.perform(ListCourses(scope: .all, words: "cell")).items.map(\.title)
                == order.filter { $0 != "Cell walls" })
    }

    @Test func `a search can be kept to one course`() async throws {
        for code in ["a", "b"] {
            _ = try await guru.makeCourse(code, title: "Biology \(code)")
            _ = try await guru.makeMaterial("Biology in \(code)", in: CourseReference(code))
        }
        let hits = try await guru.perform(SearchTexts(words: "biology", course: "b")).items
        #expect(hits.map(\.title) == ["Biology b", "Biology in b"])
        #expect(hits.map { "\($0.course)" } == ["2", "2"])
        #expect(hits.map { $0.courseCode?.rawValue } == ["b", "b"])
        await expectError(.notFound) { try await guru.perform(SearchTexts(words: "biology", course: "c")) }
        #expect(try await guru.perform(SearchTexts(words: "nothing", course: "b")).items.isEmpty)
    }
}

/// Snippets.
@Suite struct SnippetTests {
    let guru: Person

    init() async throws { guru = try await World().teacher() }

    private func snippet(_ text: String, _ words: String) async throws -> String? {
        let course = try await guru.makeCourse("c", title: "Course")
        _ = try await guru.makeMaterial("Found", text: text, in: course)
        let hits = try await guru.perform(SearchTexts(words: words)).items
        return try #require(hits.first { $0.kind == .material }).snippet
    }

    private let filler = String(repeating: "lorem ipsum ", count: 100)

    @Test func `a snippet shows the words where they stand in a long text, in one line`() async throws {
        let text = "\(filler)the  Golgi\n\tapparátus sorts proteins. \(filler)"
        let snippet = try #require(try await snippet(text, "apparatus"))
        #expect(snippet.contains("the Golgi apparátus sorts proteins."))
        #expect(snippet.hasPrefix("…") && snippet.hasSuffix("…") && snippet.unicodeScalars.count <= 200)
    }

    @Test func `a short text is shown whole`() async throws {
        #expect(try await snippet(" Cells.\r\nGenes. ", "genes") == "Cells. Genes.")
    }

    @Test func `where only the title has the words, the text's beginning is shown`() async throws {
        let snippet = try #require(try await snippet("Begins here. \(filler)", "found"))
        #expect(snippet.hasPrefix("Begins here. lorem") && snippet.hasSuffix("…"))
    }

    @Test(arguments: ["", " \n "])
    func `without a text there is none`(text: String) async throws {
        #expect(try await snippet(text, "found") == nil)
    }

    @Test func `a word with signs is shown where its parts stand together`() async throws {
        let text = "chapter one. \(filler) chapter-12 is the one. \(filler)"
        #expect(try await snippet(text, "chapter-12")?.contains("chapter-12 is the one.") == true)
    }

    @Test func `the end of a text of a mebibyte is found and shown`() async throws {
        let text = String(repeating: "ảo ", count: (1 << 20) / 5 - 2) + "needle"
        #expect(try await snippet(text, "needle")?.hasSuffix("ảo needle") == true)
    }
}

extension Person {
    /// The titles that a search finds, in its order.
    func found(_ words: String, course: CourseReference? = nil) async throws -> [String] {
        try await perform(SearchTexts(words: words, course: course, limit: 1000)).items.map(\.title)
    }
}
