internal import LMSText

@testable import LMSCore

/// A course file, and what it names: the rules, the plan and the writing, all taken back.
func fuzzApply(_ input: [UInt8]) {
    let texts = input.parts.map { String(decoding: $0, as: UTF8.self) }
    let attachments = texts.dropFirst().map { CourseFile.Attachment(path: "texts/a.md", text: $0) }
    let file = CourseFile(
        name: "course.yaml", text: texts.first ?? "", attachments: Array(attachments.prefix(1)))
    let service = FuzzSchool.shared.service
    requireNoMistake { _ = try await service.perform(ApplyCourseFiles(files: [file], prune: true)) }
}

/// What is written as YAML reads back as it was.
func fuzzYAML(_ input: [UInt8]) {
    guard let text = input.text else { return }
    let course = CourseFile(name: "course.yaml", text: text, attachments: [])
    requireNoMistake { _ = try CourseFileReader(course) }
    guard
        text.unicodeScalars.allSatisfy({ !$0.isInvisibleControl || $0 == "\n" || $0 == "\t" || $0 == "\r" }),
        (1...200).contains(text.unicodeScalars.count)
    else { return }
    var written = YAMLWriter()
    written.add("course", "A-1")
    written.add("title", "T")
    written.add("description", text)
    let file = CourseFile(name: "course.yaml", text: written.text, attachments: [])
    requireNoMistake {
        let reader = try CourseFileReader(file)
        guard let read = reader.reading.documents.first?.fields.description else { return }
        require(Array(read.utf8) == Array(text.utf8), "\(Array(text.utf8)) became \(Array(read.utf8))")
    }
}

/// The rows are the same, however many bytes come at once.
func fuzzCSV(_ input: [UInt8]) {
    let whole = rows(input, chunk: 4096)
    for chunk in [1, 3, 7] {
        require(rows(input, chunk: chunk) == whole, "pieces of \(chunk) bytes read otherwise")
    }
}

private func rows(_ bytes: [UInt8], chunk: Int) -> [[[UInt8]]] {
    var rows: [[[UInt8]]] = []
    do {
        let reader = CSVReader(FuzzFile(name: "a.csv", bytes: bytes), chunk: chunk)
        while try reader.advance() {
            let problem = reader.fault.map {
                [Array("\($0.location.line):\($0.location.column) \($0.message)".utf8)]
            }
            rows.append(problem ?? (0..<reader.count).map { Array(reader.text(of: $0)) })
        }
    } catch let error as LMSError {
        rows.append([Array(error.message.utf8)])
    } catch {
        require(false, "\(error)")
    }
    return rows
}

/// The four tables of a school, as they came.
func fuzzImport(_ input: [UInt8]) {
    let files = Dictionary(
        zip(BulkTable.allCases.map(\.fileName), input.parts.map { Array($0) }),
        uniquingKeysWith: { first, _ in first })
    let service = FuzzSchool.shared.service
    requireNoMistake {
        _ = try await service.operate(ImportFiles(from: FuzzFolder(files: files), onConflict: .update))
    }
}

/// A text without a title: front matter, headings.
func fuzzMaterial(_ input: [UInt8]) {
    guard let text = input.text else { return }
    let service = FuzzSchool.shared.service
    requireNoMistake {
        let made = try await service.perform(
            AddMaterial(course: CourseReference("bio"), MaterialFields(description: text))
        ).record
        require(
            (1...255).contains(made.title.unicodeScalars.count),
            "a title of \(made.title.unicodeScalars.count)")
    }
}

func fuzzRoster(_ input: [UInt8]) {
    guard let text = input.text else { return }
    let service = FuzzSchool.shared.service
    requireNoMistake {
        _ = try await service.perform(
            AddStudents(
                course: CourseReference("bio"), usernames: [], file: NamesFile(name: "class.txt", text: text))
        )
    }
}

/// Words to look for, in a course and everywhere; folding twice is folding once.
func fuzzSearch(_ input: [UInt8]) {
    guard let text = input.text else { return }
    var folder = WordFolder()
    let words = folder.words(of: text)
    require(folder.words(of: words.joined(separator: " ")) == words, "folded again: \(words)")
    let service = FuzzSchool.shared.service
    requireNoMistake { _ = try await service.perform(SearchTexts(words: text)) }
    requireNoMistake {
        _ = try await service.perform(SearchTexts(words: text, course: CourseReference(text)))
    }
}

struct FuzzFile: BulkFile {
    let name: String
    let bytes: [UInt8]

    var size: Int { bytes.count }
    var hasChanged: Bool { false }

    func read(into buffer: UnsafeMutableRawBufferPointer, from offset: Int) -> Int {
        guard offset < bytes.count else { return 0 }
        let part = bytes[offset...].prefix(buffer.count)
        buffer.copyBytes(from: part)
        return part.count
    }
}

struct FuzzFolder: BulkFolder {
    let files: [String: [UInt8]]

    func names() -> [String] { Array(files.keys) }

    func open(_ name: String) -> (any BulkFile)? { files[name].map { FuzzFile(name: name, bytes: $0) } }
}
