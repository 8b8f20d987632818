internal import LMSText

/// What is to be done to one course, so that it is what a file says.
struct CourseWork {
    let subject: Subject
    /// Of a course that is there: the fields that change.
    var changed: [CourseField] = []
    /// Whether the description changes in its line ends alone.
    var hasNewLineEndsOnly = false
    var materials: [MaterialWork] = []
    var teachers: [TeacherWork] = []
    var students: [StudentWork] = []

    enum Subject {
        case new(CourseValues)
        /// As it will be.
        case present(Course)
    }

    var content: any CourseContent {
        switch subject {
        case .new(let values): values
        case .present(let course): course
        }
    }

    var outcome: Outcome {
        switch subject {
        case .new: .created
        case .present: changed.isEmpty ? .unchanged : .updated
        }
    }

    /// What becomes of one material.
    enum MaterialWork {
        /// It is made, with its position.
        case create(MaterialDocument, text: String, position: Int)
        case update(MaterialUpdate)
        case delete(Material)
    }

    /// What becomes of a material that stays.
    struct MaterialUpdate {
        let id: MaterialID
        let title: String
        /// The text that it gets; `nil` where it keeps the one that it has.
        let text: String?
        /// Whether the text changes in its line ends alone.
        let hasNewLineEndsOnly: Bool
        /// The position that it gets; `nil` where it keeps the one that it has.
        let position: Int?
        /// Whether it is told as moved, and not only gets another number because others were.
        let isMoved: Bool
        /// The plan that it gets; `nil` where it keeps the one that it has.
        let plan: MaterialPlan?
        let changedOfPlan: [MaterialField]
        /// Whether it is a draft no longer.
        let isUnhidden: Bool

        /// The fields that are told as changed.
        var changed: [MaterialField] {
            (text != nil ? [.description] : []) + (isMoved ? [.position] : []) + changedOfPlan
        }
    }

    /// What becomes of one teacher beside the owner.
    struct TeacherWork {
        let username: Username
        let outcome: Outcome
        let step: Step

        enum Step {
            case add(UserID)
            case remove(UserID)
        }
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

    /// What it does to the course: a file that says what is there already does nothing.
    var act: CourseAct { changes.contains { $0.outcome != .unchanged } ? .write : .read }

    /// The changes, as they are told.
    var changes: [(change: CourseChange, outcome: Outcome)] {
        var changes: [(CourseChange, Outcome)] = []
        let (code, title) = (content.code, content.title)
        func note(
            _ kind: CourseChange.Kind, _ subject: String, _ outcome: Outcome, _ fields: [String] = [],
            hasNewLineEndsOnly: Bool = false
        ) {
            let note =
                hasNewLineEndsOnly && fields == [CourseField.description.rawValue]
                ? CourseChange.lineEndsOnly : nil
            changes.append(
                (
                    CourseChange(kind: Told(kind), course: code, subject: subject, fields: fields, note: note),
                    outcome
                ))
        }
        if outcome != .unchanged {
            note(.course, title, outcome, changed.map(\.rawValue), hasNewLineEndsOnly: hasNewLineEndsOnly)
        }
        for work in materials {
            switch work {
            case .create(let document, _, _): note(.material, document.title.value, .created)
            case .delete(let material): note(.material, material.title, .deleted)
            case .update(let update):
                let changed = update.changed
                guard !changed.isEmpty else { continue }
                note(
                    .material, update.title, .updated, changed.map(\.rawValue),
                    hasNewLineEndsOnly: update.hasNewLineEndsOnly)
            }
        }
        for work in teachers { note(.teacher, work.username.rawValue, work.outcome) }
        for work in students { note(.student, work.username.rawValue, work.outcome) }
        if changes.isEmpty { note(.course, title, .unchanged) }
        return changes
    }

    // MARK: - Doing it

    /// About how many bytes of search entries are to be written anew.
    var textBytes: Int {
        // A few for each entry, so that very many small ones count, too.
        let own = outcome == .unchanged ? 0 : 100 + (content.description?.utf8.count ?? 0)
        return materials.reduce(own) { sum, work in
            switch work {
            case .create(_, let text, _): sum + 100 + text.utf8.count
            case .update(let update): sum + (update.text.map { 100 + $0.utf8.count } ?? 0)
            // How much goes is not known: it may be as much as a text can have.
            case .delete: sum + Description.limit / 10
            }
        }
    }

    /// - Parameter search: When the search entries are written.
    func perform(_ search: SearchWriting, in context: Context) throws {
        var (courseRows, materialRows) = (context.courses, context.materials)
        courseRows.search = search
        materialRows.search = search
        let course = try perform(in: courseRows, of: context.principal)
        for work in materials { try perform(work, in: materialRows, course, context) }
        for work in teachers { try perform(work, in: context, course) }
        for work in students { try perform(work, in: context, course) }
        let summary = changes.map(\.outcome).summary
        guard !summary.isEmpty else { return }
        try context.audit(.applyCourse, course, subject: summary)
    }

    private func perform(in courses: CourseRows, of teacher: Principal) throws -> Course {
        switch subject {
        case .new(let values):
            guard let id = try courses.insert(values) else { throw LMSError.codeTaken(values.code) }
            return Course(id, values, of: teacher, named: nil)
        case .present(let course):
            if !changed.isEmpty {
                try courses.update(course.id, to: course, isPolicyOther: changed.contains(.enrollment))
            }
            return course
        }
    }

    private func perform(_ work: MaterialWork, in materials: MaterialRows, _ course: Course, _ context: Context) throws {
        let now = context.now
        switch work {
        case .create(let document, let text, let position):
            let values = MaterialValues(
                course: course.id, title: document.title.value, titleKey: document.titleKey,
                description: text, position: position, plan: document.plan.applied(to: MaterialPlan()).plan, createdAt: now)
            guard try materials.insert(values) != nil else {
                throw LMSError.titleTaken(values.title, in: course)
            }
        case .delete(let material): try context.takeAway(material, of: course, materials)
        case .update(let update):
            if let text = update.text { try materials.updateText(text, of: update.id, title: update.title, at: now) }
            if let plan = update.plan { try materials.update(plan, of: update.id, isUnhidden: update.isUnhidden, at: now) }
            if let position = update.position { try materials.setPosition(position, of: update.id) }
        }
    }

    private func perform(_ work: TeacherWork, in context: Context, _ course: Course) throws {
        switch work.step {
        case .add(let teacher):
            guard try context.teachers.insert(teacher, in: course.id, at: context.now) else { throw LMSError.teachersChanged }
        case .remove(let teacher): try context.takeAway(teacher: teacher, of: course)
        }
    }

    private func perform(_ work: StudentWork, in context: Context, _ course: Course) throws {
        switch work.step {
        case .add(let student):
            guard try context.enrollments.insert(student, in: course.id, .enrolled, at: context.now) else {
                throw LMSError.rosterChanged
            }
        case .enroll(let enrollment): try context.enrollments.enroll(enrollment, at: context.now)
        case .remove(let enrollment): try context.takeAway(enrollment, in: course)
        }
    }
}
