internal import LMSText

/// What the course files of one act have brought so far. They are bounded all together, not each for itself.
struct CourseFileTally: Sendable {
    var problems = FileProblems()
    /// The values of their YAML, of which `YAMLReader` reads so many at most.
    var values = 0
    /// The texts that stand in files of their own, in bytes, each as often as it is named.
    private var textBytes = 0
    private var courses = 0
    /// Teachers and students.
    private var people = 0
    private var materials = 0

    /// Whether there is nothing that may follow.
    var isFull: Bool { values > YAMLReader.valueLimit }

    /// What these files and one more bring, which was read by itself.
    ///
    /// - Returns: `nil` where something is wrong in that one, or they are too much together.
    func joined(with file: CourseFileTally) -> CourseFileTally? {
        guard file.problems.isEmpty else { return nil }
        var sum = self
        sum.values += file.values
        sum.textBytes += file.textBytes
        sum.courses += file.courses
        sum.people += file.people
        sum.materials += file.materials
        return sum.isTooMuch ? nil : sum
    }

    /// Whether they are more than one act may have.
    private var isTooMuch: Bool {
        isFull || textBytes > CourseFile.limit || courses > CourseRules.courseLimitOfAct
            || people > CourseRules.nameLimit || materials > CourseRules.materialLimitOfAct
    }

    /// - Throws: `LMSError` `tooLarge`.
    mutating func addText(_ text: String) throws {
        textBytes += text.utf8.count
        guard textBytes <= CourseFile.limit else { throw LMSError.courseFilesTooLarge }
    }

    /// - Throws: `LMSError` `tooLarge`.
    mutating func addCourse(people count: Int) throws {
        courses += 1
        guard courses <= CourseRules.courseLimitOfAct else {
            throw LMSError(
                .tooLarge, "these are too many courses at once: at most \(CourseRules.courseLimitOfAct)",
                hint: "Take fewer at a time.")
        }
        people += count
        try CourseRules.requireNameCount(people)
    }

    /// - Throws: `LMSError` `tooLarge`.
    mutating func addMaterials(_ count: Int) throws {
        materials += count
        guard materials <= CourseRules.materialLimitOfAct else {
            throw LMSError(
                .tooLarge, "these are too many materials at once: at most \(CourseRules.materialLimitOfAct)",
                hint: "Take fewer at a time.")
        }
    }
}

/// What the courses of one act have already of what the files give lists of. All of it is compared, and may move or go,
/// so it is bounded like what the files bring: a few lines could name a thousand large courses. One course alone may
/// have what it has.
struct CourseStockTally {
    private var materials = Stock(limit: CourseRules.materialLimitOfAct, name: "materials")
    private var teachers = Stock(limit: CourseRules.nameLimit, name: "teachers")
    private var students = Stock(limit: CourseRules.nameLimit, name: "students")

    private struct Stock {
        let limit: Int
        let name: String
        private var lists = 0
        private var count = 0

        init(limit: Int, name: String) {
            self.limit = limit
            self.name = name
        }

        mutating func add(_ number: Int) throws {
            lists += number > 0 ? 1 : 0
            count += number
            guard lists < 2 || count <= limit else {
                throw LMSError(
                    .tooLarge, "these courses have too many \(name) for one act: at most \(limit)",
                    hint: "Take fewer courses at a time.")
            }
        }
    }

    /// - Throws: `LMSError` `tooLarge`.
    mutating func addMaterials(_ count: Int) throws { try materials.add(count) }

    /// - Throws: `LMSError` `tooLarge`.
    mutating func addTeachers(_ count: Int) throws { try teachers.add(count) }

    /// - Throws: `LMSError` `tooLarge`.
    mutating func addStudents(_ count: Int) throws { try students.add(count) }
}
