/// What is to be done to one course, so that it is what a file says.
struct CourseWork {
    /// As it will be; without an id where it is new.
    var course: Course
    var outcome: Outcome
    /// The keys of the course's own row that change.
    var fields: [String]
    /// Whether the description changes in its line ends alone.
    var hasNewLineEndsOnly = false
    var materials: [MaterialWork] = []
    var students: [StudentWork] = []

    /// What becomes of one material.
    struct MaterialWork {
        /// As it will be.
        let material: Material
        /// What is stored of the title's key, where the material is new.
        var titleKey: String?
        let outcome: Outcome
        let fields: [String]
        /// Whether its place is another one, be it only because others moved.
        let isShifted: Bool
        /// Whether the text changes in its line ends alone.
        var hasNewLineEndsOnly = false
    }

    /// What becomes of one student.
    struct StudentWork {
        let username: Username
        let outcome: Outcome
        let step: Step

        enum Step {
            case add(UserID)
            case enroll(EnrollmentID)
            case remove(EnrollmentID)
        }
    }

    /// The changes, as they are told.
    var changes: [(change: CourseChange, outcome: Outcome)] {
        var changes: [(CourseChange, Outcome)] = []
        func note(
            _ kind: CourseChange.Kind, _ subject: String, _ outcome: Outcome, _ fields: [String] = [],
            hasNewLineEndsOnly: Bool = false
        ) {
            let note =
                hasNewLineEndsOnly && fields == [Self.textField] ? CourseChange.lineEndsOnly : nil
            changes.append(
                (
                    CourseChange(
                        kind: kind, course: course.code, subject: subject, fields: fields, note: note),
                    outcome
                ))
        }
        if outcome != .unchanged {
            note(.course, course.title, outcome, fields, hasNewLineEndsOnly: hasNewLineEndsOnly)
        }
        for work in materials where work.outcome != .unchanged {
            note(
                .material, work.material.title, work.outcome, work.fields,
                hasNewLineEndsOnly: work.hasNewLineEndsOnly)
        }
        for work in students { note(.student, work.username.rawValue, work.outcome) }
        if changes.isEmpty { note(.course, course.title, .unchanged) }
        return changes
    }

    // MARK: - Doing it

    /// About how many bytes of search entries are to be written anew.
    var textBytes: Int {
        // A few for each entry, so that very many small ones count, too.
        let own = outcome == .unchanged ? 0 : 100 + (course.description?.utf8.count ?? 0)
        return materials.reduce(own) { sum, work in
            switch work.outcome {
            case .created, .updated: sum + 100 + (work.material.description?.utf8.count ?? 0)
            // How much goes is not known: it may be as much as a text can have.
            case .deleted: sum + Description.limit / 10
            case .unchanged: sum
            }
        }
    }

    /// - Parameter search: When the search entries are written.
    func perform(_ search: SearchWriting, in context: Context) throws {
        var (courseRows, materialRows) = (context.courses, context.materials)
        courseRows.search = search
        materialRows.search = search
        guard let id = try courseID(in: courseRows) else { throw LMSError.codeTaken(course.code) }
        for work in materials { try perform(work, in: materialRows, id) }
        for work in students { try perform(work, in: context, id) }
        let summary = changes.map(\.outcome).summary
        guard !summary.isEmpty else { return }
        var course = course
        course.id = id
        try context.audit(.applyCourse, course, subject: summary)
    }

    private func courseID(in courses: CourseRows) throws -> CourseID? {
        switch outcome {
        case .created: return try courses.insert(course)
        case .updated: try courses.update(course)
        case .unchanged, .deleted: break
        }
        return course.id
    }

    private func perform(_ work: MaterialWork, in materials: MaterialRows, _ course: CourseID) throws {
        var material = work.material
        material.course = course
        switch work.outcome {
        case .created:
            guard try materials.insert(material, titleKey: work.titleKey) != nil else {
                throw LMSError.titleTaken(material.title, in: self.course)
            }
        case .deleted:
            if let id = material.id { try materials.remove(id) }
        case .updated, .unchanged:
            guard let id = material.id else { return }
            if work.fields.contains(Self.textField) { try materials.updateText(material) }
            if work.isShifted { try materials.place(id, at: material.position) }
        }
    }

    private func perform(_ work: StudentWork, in context: Context, _ course: CourseID) throws {
        switch work.step {
        case .add(let student):
            guard try context.enrollments.insert(student, in: course, .enrolled, at: context.now) else {
                throw LMSError.rosterChanged
            }
        case .enroll(let place): try context.enrollments.enroll(place, at: context.now)
        case .remove(let place): try context.enrollments.delete(place)
        }
    }

    static let textField = "description"
}
