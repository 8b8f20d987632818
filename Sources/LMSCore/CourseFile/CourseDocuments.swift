internal import LMSText

/// What several course files say together.
struct CourseDocuments: Sendable {
    let documents: [CourseDocument]
    /// What is wrong in them, as far as that shows without a database.
    let problems: FileProblems

    /// Whom they name as teachers and students, somebody perhaps more than once.
    var people: some Sequence<Username> {
        documents.lazy.flatMap { (($0.teachers?.value ?? []) + ($0.students ?? [])).lazy.map(\.value) }
    }

    init(_ files: [CourseFile]) throws {
        var documents: [CourseDocument] = []
        var tally = CourseFileTally()
        var codes: [String: Located<CourseCode>] = [:]
        for file in files where !tally.isFull {
            let reading = try file.reading?.following(tally) ?? CourseFileReader(file, after: tally).reading
            tally = reading.tally
            for document in reading.documents {
                let code = document.code
                if let first = codes[code.value.folded] {
                    tally.problems.add(
                        "the course '\(code.value)' is in \(first.file):\(first.location.line) already",
                        at: code)
                } else {
                    codes[code.value.folded] = code
                    documents.append(document)
                }
            }
        }
        self.documents = documents
        problems = tally.problems
    }
}
