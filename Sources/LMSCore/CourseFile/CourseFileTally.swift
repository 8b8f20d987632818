/// What the course files of one act have brought so far. They are bounded all together, not each for itself.
struct CourseFileTally: Sendable {
    var problems = FileProblems()
    /// The values of their YAML, of which `YAMLReader` reads so many at most.
    var values = 0
    /// The texts that stand in files of their own, in bytes, each as often as it is named.
    private var textBytes = 0

    /// Whether there is nothing that may follow.
    var isFull: Bool { values > YAMLReader.valueLimit }

    /// - Throws: `LMSError` `tooLarge`.
    mutating func addText(_ text: String) throws {
        textBytes += text.utf8.count
        guard textBytes <= CourseFile.limit else { throw LMSError.courseFilesTooLarge }
    }
}
