/// What the course files of one act have brought so far. They are bounded all together, not each for itself.
struct CourseFileTally: Sendable {
    var problems = FileProblems()
    /// The values of their YAML, of which `YAMLReader` reads so many at most.
    var values = 0
    /// The texts that stand in files of their own, in bytes, each as often as it is named.
    private var textBytes = 0
    private var courses = 0
    private var students = 0

    /// Each may be made anew, which takes some ten microseconds in which nobody else can write.
    private static let courseLimit = 10_000

    /// Whether there is nothing that may follow.
    var isFull: Bool { values > YAMLReader.valueLimit }

    /// - Throws: `LMSError` `tooLarge`.
    mutating func addText(_ text: String) throws {
        textBytes += text.utf8.count
        guard textBytes <= CourseFile.limit else { throw LMSError.courseFilesTooLarge }
    }

    /// - Throws: `LMSError` `tooLarge`.
    mutating func addCourse(students count: Int) throws {
        courses += 1
        guard courses <= Self.courseLimit else {
            throw LMSError(
                .tooLarge, "these are too many courses at once: at most \(Self.courseLimit)",
                hint: "Take fewer at a time.")
        }
        students += count
        try LMSError.requireNameCount(students)
    }
}
