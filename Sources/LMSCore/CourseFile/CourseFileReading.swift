/// What several course files say together.
struct CourseFileReading: Sendable {
    let documents: [CourseDocument]
    /// What is wrong in them, as far as that shows without a database.
    let problems: FileProblems

    init(_ files: [CourseFile]) throws {
        var documents: [CourseDocument] = []
        var problems = FileProblems()
        var places: [String: Placed<CourseCode>] = [:]
        for file in files {
            let reader = try CourseFileReader(file, after: problems)
            problems = reader.problems
            for document in reader.documents {
                let code = document.code
                if let first = places[code.value.folded] {
                    problems.add(
                        "the course '\(code.value)' is in \(first.file):\(first.line) already", at: code)
                } else {
                    places[code.value.folded] = code
                    documents.append(document)
                }
            }
        }
        self.documents = documents
        self.problems = problems
    }
}
