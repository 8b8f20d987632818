internal import LMSText

/// What holds for every course, whoever asks: rights are `Policy`'s, and the rules of a single field stand with its type.
enum CourseRules {
    /// How many materials a course takes: moving one shifts all between its old and its new position, while nobody else can
    /// write. What an operator imports may be more. Whoever imports sees what it does, and an export of an older database must
    /// come back.
    static let materialLimit = 10_000

    /// How many names one act may have: each is some microseconds in which nobody else can write.
    static let nameLimit = 50_000

    /// How many courses one act may have: each may be made anew, which takes some ten microseconds in which nobody else can
    /// write.
    static let courseLimitOfAct = 10_000

    /// The same of materials, to which those come that the courses of the act have already.
    static let materialLimitOfAct = 20_000

    /// - Parameters:
    ///   - count: How many materials the course would have.
    ///   - trashed: How many more of it are in the trash.
    /// - Throws: `LMSError` `conflict`.
    static func requireRoom(forMaterials count: Int, inTrash trashed: Int, in course: Course) throws {
        guard count <= materialLimit else {
            throw LMSError(
                .conflict,
                "the course '\(course.code)' has \(count - 1) materials and takes no more: at most \(materialLimit)",
                hint: "Begin another course for the rest.")
        }
        guard count + trashed <= materialLimit else {
            throw LMSError(
                .conflict,
                "the course '\(course.code)' has \(count - 1) materials, and \(trashed) more in the trash: at most \(materialLimit) together",
                hint: "Its owner can empty the trash with: lms trash empty")
        }
    }

    /// - Throws: `LMSError` `tooLarge`.
    static func requireNameCount(_ count: Int) throws {
        guard count <= nameLimit else {
            throw LMSError(
                .tooLarge, "these are too many names at once: \(count), at most \(nameLimit)",
                hint: "Take fewer at a time.")
        }
    }

    /// A course belongs to a teacher.
    ///
    /// - Throws: `LMSError` `invalid`.
    static func requireMayOwn(_ name: String, _ role: Role) throws {
        guard role == .teacher else {
            throw LMSError(.invalid, "\(quoted(name)) is a student: a course belongs to a teacher")
        }
    }

    /// Nor does a student teach one.
    ///
    /// - Throws: `LMSError` `invalid`.
    static func requireMayTeach(_ name: String, _ role: Role) throws {
        guard role == .teacher else {
            throw LMSError(.invalid, "\(quoted(name)) is a student, who cannot teach a course")
        }
    }

    /// The same of several that were named together.
    ///
    /// - Parameter hint: What whoever named them can do.
    /// - Throws: `LMSError` `invalid` that names all students.
    static func requireMayTeach(_ accounts: [AccountDirectory.Entry], orHint hint: String) throws {
        let students = accounts.filter { $0.role != .teacher }.map(\.username)
        guard students.isEmpty else {
            throw LMSError(
                .invalid, "a student cannot teach a course: \(named(students)): nothing was changed",
                hint: hint)
        }
    }

    /// A roster has students only.
    ///
    /// - Throws: `LMSError` `invalid`.
    static func requireMayFollow(_ name: String, _ role: Role) throws {
        guard role == .student else {
            throw LMSError(.invalid, "\(quoted(name)) is a teacher, and a roster has students")
        }
    }

    /// The same of several that were named together.
    ///
    /// - Throws: `LMSError` `invalid` that names all teachers.
    static func requireMayFollow(_ accounts: [AccountDirectory.Entry]) throws {
        let teachers = accounts.filter { $0.role != .student }.map(\.username)
        guard teachers.isEmpty else {
            throw LMSError(
                .invalid, "a teacher cannot be on a roster: \(named(teachers)): nothing was changed")
        }
    }
}
