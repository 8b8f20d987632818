internal import LMSText

/// Compares what course files say with what is there.
struct CoursePlanner {
    private let context: Context
    private let directory: AccountDirectory
    private let prunes: Bool
    private var problems: FileProblems
    private var stock = CourseStockTally()
    /// In the school's zone; once it was asked for.
    private var today: CalendarDate?

    private init(
        _ context: Context, _ directory: AccountDirectory, prunes: Bool, problems: FileProblems
    ) {
        self.context = context
        self.directory = directory
        self.prunes = prunes
        self.problems = problems
    }

    /// What is to be done, for each course of the files.
    ///
    /// - Parameters:
    ///   - prunes: Whether what a list does not name goes.
    ///   - documents: The files.
    ///   - directory: Of the teachers and students whom they name.
    /// - Throws: `LMSError` that names everything that is wrong, with its source location.
    static func plan(
        _ documents: CourseDocuments, _ directory: AccountDirectory, prunes: Bool, in context: Context
    ) throws -> [CourseWork] {
        try Policy.requireMayOwnCourses(context.principal)
        var planner = CoursePlanner(context, directory, prunes: prunes, problems: documents.problems)
        let works = try documents.documents.compactMap { try planner.work($0) }
        try planner.problems.throwIfAny()
        return works
    }

    private mutating func work(_ document: CourseDocument) throws -> CourseWork? {
        var work: CourseWork
        if let current = try context.courses.find(document.code.value) {
            let isOwn: Void? = try problems.noting(document.code) {
                try Policy.requireMayManage(current, context.principal, .read)
            }
            guard isOwn != nil else { return nil }
            work = edited(current, document)
        } else {
            guard let values = try newCourse(document) else { return nil }
            work = CourseWork(subject: .new(values))
        }
        if let materials = document.materials {
            work.materials = try planMaterials(materials, of: work.subject, document.code)
        }
        if let teachers = document.teachers { work.teachers = try planTeachers(teachers, of: work.subject) }
        if let students = document.students { work.students = try planStudents(students, of: work.subject) }
        if case .present(let course) = work.subject {
            _ = try problems.noting(document.code) { try Policy.requireOpen(course, to: work.act) }
        }
        return work
    }

    // MARK: - The course itself

    private func edited(_ current: Course, _ document: CourseDocument) -> CourseWork {
        let (course, changed) = document.fields.applied(to: current)
        var work = CourseWork(subject: .present(course), changed: changed)
        if changed.contains(.description) {
            work.hasNewLineEndsOnly = (course.description ?? "").hasSameLines(as: current.description ?? "")
        }
        return work
    }

    private mutating func newCourse(_ document: CourseDocument) throws -> CourseValues? {
        let mayMake: Void? = try problems.noting(document.code) { try Policy.requireWhole(context.principal) }
        guard mayMake != nil else { return nil }
        guard let title = document.fields.title else {
            problems.add(
                "there is no course \(quoted(document.code.value.rawValue)) yet, and a new one needs a 'title'",
                at: document.code)
            return nil
        }
        return try CourseValues(
            document.fields, title: title, code: document.code.value, teacher: context.principal.id
        ) {
            if let today { return today }
            let asked = try context.transaction.calendar().today
            today = asked
            return asked
        }
    }

    // MARK: - Materials

    /// A material of a file, by the number of the one that is there; new ones have the numbers behind those.
    private typealias Numbered = (number: Int, document: MaterialDocument)

    private mutating func planMaterials(
        _ wanted: [MaterialDocument], of course: CourseWork.Subject, _ code: Located<CourseCode>
    ) throws -> [CourseWork.MaterialWork] {
        let current =
            switch course {
            case .new: [(material: Material, titleKey: String?)]()
            case .present(let course): try context.materials.outline(of: course.id)
            }
        try stock.addMaterials(current.count)
        let wanted = numbered(wanted, current)
        let documents = Dictionary(wanted.map { ($0.number, $0.document) }) { first, _ in first }
        let rewritten = try rewritten(current.map(\.material), documents)
        let staying = current.indices.filter { !prunes || documents[$0] != nil }
        let order = MaterialOrder(staying, wanted: wanted.map(\.number))
        if order.numbers.count > max(CourseRules.materialLimit, staying.count) {
            problems.add(
                "the course would have \(order.numbers.count) materials: at most \(CourseRules.materialLimit)",
                at: code, hint: "Begin another course for the rest.")
        }

        let works = order.numbers.enumerated().compactMap { index, number -> CourseWork.MaterialWork? in
            let document = documents[number]
            guard current.indices.contains(number) else {
                return document.flatMap { newMaterial($0, at: index + 1) }
            }
            let material = current[number].material
            let plan = document?.plan.applied(to: material.plan)
            let changed = plan?.changed ?? []
            return .update(
                CourseWork.MaterialUpdate(
                    id: material.id, title: material.title,
                    text: rewritten[number] != nil ? document?.text : nil,
                    hasNewLineEndsOnly: rewritten[number] ?? false,
                    position: material.position != index + 1 ? index + 1 : nil,
                    isMoved: order.moved.contains(number), plan: changed.isEmpty ? nil : plan?.plan, changedOfPlan: changed,
                    isUnhidden: material.plan.isHidden && plan?.plan.isHidden == false))
        }
        let gone = prunes ? current.indices.filter { documents[$0] == nil } : []
        return works + gone.map { .delete(current[$0].material) }
    }

    /// The materials of a file by the numbers of those that are there and look the same. Notes those that look like
    /// another one of the file.
    private mutating func numbered(
        _ wanted: [MaterialDocument], _ current: [(material: Material, titleKey: String?)]
    ) -> [Numbered] {
        let exact = Dictionary(
            current.enumerated().map { (ExactText($1.material.title), $0) }
        ) { first, _ in first }
        let odd = Dictionary(
            current.enumerated().compactMap { number, row in row.titleKey.map { (ExactText($0), number) } }
        ) { first, _ in first }
        var lines: [Int: Int] = [:]
        var new: [ExactText: Int] = [:]
        return wanted.compactMap { document in
            let title = ExactText(document.title.value)
            let key = document.titleKey.map { ExactText($0) } ?? title
            let alike = [exact[key], odd[key]].compactMap(\.self).min()
            let number: Int
            if let found = exact[title] ?? alike {
                number = found
            } else {
                number = new[key] ?? current.count + new.count
                new[key] = number
            }
            guard let line = lines.updateValue(document.title.location.line, forKey: number) else {
                return (number, document)
            }
            problems.add(
                "the course has a material that looks like \(quoted(document.title.value)) already, on line \(line)",
                at: document.title)
            return nil
        }
    }

    /// The numbers of the materials whose texts change, and whether in their line ends alone. Only the texts are read
    /// that the file has, too.
    private func rewritten(
        _ current: [Material], _ documents: [Int: MaterialDocument]
    ) throws -> [Int: Bool] {
        var numbers: [MaterialID: Int] = [:]
        for (number, material) in current.enumerated() where documents[number]?.text != nil {
            numbers[material.id] = number
        }
        var rewritten: [Int: Bool] = [:]
        try context.materials.forEachText(of: numbers.keys.sorted { $0.rawValue < $1.rawValue }) { id, text in
            guard let number = numbers[id], let wanted = documents[number]?.text,
                !wanted.isIdentical(to: text)
            else { return }
            rewritten[number] = wanted.hasSameLines(as: text)
        }
        return rewritten
    }

    private mutating func newMaterial(
        _ document: MaterialDocument, at position: Int
    ) -> CourseWork.MaterialWork? {
        guard let text = document.text else {
            problems.add(
                "there is no material \(quoted(document.title.value)) yet, and a new one needs a 'description'",
                at: document.title)
            return nil
        }
        return .create(document, text: text, position: position)
    }

    // MARK: - Teachers

    /// A course's owner, whom a file may name, is passed over.
    private mutating func planTeachers(
        _ wanted: Located<[Located<Username>]>, of course: CourseWork.Subject
    ) throws -> [CourseWork.TeacherWork] {
        let (owner, present) =
            switch course {
            case .new: (context.principal.username, [(username: Username, id: UserID)]())
            case .present(let course): (course.teacher, try context.teachers.all(of: course.id))
            }
        try stock.addTeachers(present.count)
        let there = Set(present.map { ExactText($0.username.folded) })
        var named: Set<ExactText> = [ExactText(owner.folded)]
        var works: [CourseWork.TeacherWork] = []
        for name in wanted.value where named.insert(ExactText(name.value.folded)).inserted {
            guard !there.contains(ExactText(name.value.folded)),
                let account = try context.account(name, directory, &problems, CourseRules.requireMayTeach)
            else { continue }
            works.append(.init(username: account.username, outcome: .created, step: .add(account.id)))
        }
        if prunes {
            for (username, id) in present where !named.contains(ExactText(username.folded)) {
                works.append(.init(username: username, outcome: .deleted, step: .remove(id)))
            }
        }
        if !works.isEmpty, case .present(let course) = course {
            _ = try problems.noting(wanted) { try Policy.requireMayChangeTeachers(of: course, context.principal) }
        }
        return works
    }

    // MARK: - Students

    private mutating func planStudents(
        _ wanted: [Located<Username>], of course: CourseWork.Subject
    ) throws -> [CourseWork.StudentWork] {
        let roster =
            switch course {
            case .new: [(username: Username, row: EnrollmentRow)]()
            case .present(let course): try context.enrollments.all(of: course.id)
            }
        try stock.addStudents(roster.count)
        let present = Dictionary(roster.map { (ExactText($0.username.folded), $0.row) }) { first, _ in first }
        var named: Set<ExactText> = []
        var works: [CourseWork.StudentWork] = []
        for name in wanted where named.insert(ExactText(name.value.folded)).inserted {
            if let enrollment = present[ExactText(name.value.folded)] {
                guard enrollment.status == .pending else { continue }
                works.append(.init(username: name.value, outcome: .updated, step: .enroll(enrollment.id)))
            } else if let account = try context.account(name, directory, &problems, CourseRules.requireMayFollow) {
                works.append(.init(username: account.username, outcome: .created, step: .add(account.id)))
            }
        }
        guard prunes else { return works }
        // Who has only asked to join is not on the list that a file has.
        for (username, enrollment) in roster
        where enrollment.status == .enrolled && !named.contains(ExactText(username.folded)) {
            works.append(.init(username: username, outcome: .deleted, step: .remove(enrollment.id)))
        }
        return works
    }
}
