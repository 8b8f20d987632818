/// Compares what course files say with what is there.
struct CoursePlanner {
    private let context: Context
    private let directory: AccountDirectory
    private let prunes: Bool
    private var problems: FileProblems

    /// What is to be done, for each course of the files.
    ///
    /// - Parameters:
    ///   - prunes: Whether what a list does not name goes.
    ///   - reading: The files.
    ///   - directory: Of the students whom they name.
    /// - Throws: `LMSError` that names every place where something is wrong.
    static func plan(
        _ reading: CourseFileReading, _ directory: AccountDirectory, prunes: Bool, in context: Context
    ) throws -> [CourseWork] {
        try Policy.requireMayOwnCourses(context.principal)
        var planner = CoursePlanner(
            context: context, directory: directory, prunes: prunes, problems: reading.problems)
        let works = try reading.documents.compactMap { try planner.work($0) }
        try planner.problems.throwIfAny()
        return works
    }

    private mutating func work(_ document: CourseDocument) throws -> CourseWork? {
        var work: CourseWork
        if let current = try context.courses.find(document.code.value) {
            let isOwn: Void? = try problems.noting(document.code) {
                try Policy.requireMayManage(current, context.principal)
            }
            guard isOwn != nil else { return nil }
            work = edited(current, document)
        } else {
            guard let course = try newCourse(document) else { return nil }
            work = CourseWork(course: course, outcome: .created, fields: [])
        }
        if let materials = document.materials {
            work.materials = try planMaterials(materials, of: work.course)
        }
        if let students = document.students { work.students = try planStudents(students, of: work.course) }
        return work
    }

    // MARK: - The course itself

    private func edited(_ current: Course, _ document: CourseDocument) -> CourseWork {
        var course = current
        var fields: [String] = []
        var hasNewLineEndsOnly = false
        if let title = document.title, !title.isIdentical(to: current.title) {
            course.title = title
            fields.append("title")
        }
        if let text = document.description, !text.isIdentical(to: current.description ?? "") {
            course.description = text.isEmpty ? nil : text
            fields.append(CourseWork.textField)
            hasNewLineEndsOnly = text.hasSameLines(as: current.description ?? "")
        }
        if let date = document.releaseDate, date != current.releaseDate {
            course.releaseDate = date
            fields.append("release_date")
        }
        if let policy = document.enrollment, policy != current.enrollment {
            course.enrollment = policy
            fields.append("enrollment")
        }
        return CourseWork(
            course: course, outcome: fields.isEmpty ? .unchanged : .updated, fields: fields,
            hasNewLineEndsOnly: hasNewLineEndsOnly)
    }

    private mutating func newCourse(_ document: CourseDocument) throws -> Course? {
        guard let title = document.title else {
            problems.add(
                "there is no course \(quoted(document.code.value.rawValue)) yet, and a new one needs a 'title'",
                at: document.code)
            return nil
        }
        return Course(
            id: nil, code: document.code.value, title: title, teacher: context.principal.username,
            releaseDate: document.releaseDate ?? CalendarDate(of: context.now),
            enrollment: document.enrollment ?? .open, students: 0, status: nil,
            teacherID: context.principal.id,
            description: document.description.flatMap { $0.isEmpty ? nil : $0 })
    }

    // MARK: - Materials

    private mutating func planMaterials(
        _ wanted: [MaterialDocument], of course: Course
    ) throws -> [CourseWork.MaterialWork] {
        let wanted = named(wanted, as: try course.id.map { try context.materials.titles(in: $0) } ?? [])
        let documents = Dictionary(wanted.map { ($0.title.value, $0) }) { first, _ in first }
        // Without their texts, which may be many: those that the file gives are compared as they pass.
        var current: [Material] = []
        var rewritten: Set<String> = []
        var reended: Set<String> = []
        if let id = course.id {
            try context.materials.forEach(of: id) { material in
                let text = documents[material.title]?.text
                if let text, !text.isIdentical(to: material.description) {
                    rewritten.insert(material.title)
                    if text.hasSameLines(as: material.description ?? "") { reended.insert(material.title) }
                }
                current.append(material.withoutText)
                return true
            }
        }
        let staying = prunes ? current.filter { documents[$0.title] != nil } : current
        let order = MaterialOrder(staying.map(\.title), wanted: wanted.map(\.title.value))
        let gone = prunes ? current.filter { documents[$0.title] == nil } : []
        let existing = Dictionary(staying.map { ($0.title, $0) }) { first, _ in first }

        return try order.titles.enumerated().compactMap { index, title in
            let document = documents[title]
            guard let material = existing[title] else {
                return try document.flatMap { try newMaterial($0, at: index + 1, of: course) }
            }
            var changed = material
            changed.position = index + 1
            changed.description = document?.text
            let fields =
                (rewritten.contains(title) ? [CourseWork.textField] : [])
                + (order.moved.contains(title) ? ["position"] : [])
            return CourseWork.MaterialWork(
                material: changed, outcome: fields.isEmpty ? .unchanged : .updated, fields: fields,
                isShifted: changed.position != material.position,
                hasNewLineEndsOnly: reended.contains(title))
        }
            + gone.map {
                CourseWork.MaterialWork(material: $0, outcome: .deleted, fields: [], isShifted: false)
            }
    }

    /// The materials of a file by the titles of those that are there and look the same. Notes those that look like
    /// another one of the file.
    private mutating func named(_ wanted: [MaterialDocument], as titles: [String]) -> [MaterialDocument] {
        let exact = Set(titles)
        let alike = Dictionary(titles.map { (Title.key(of: $0), $0) }) { first, _ in first }
        var lines: [String: Int] = [:]
        return wanted.compactMap { document in
            var document = document
            let title = document.title.value
            if !exact.contains(title) {
                document.title.value = alike[Title.key(of: title)] ?? title
            }
            let name = exact.contains(document.title.value) ? document.title.value : Title.key(of: title)
            guard let line = lines.updateValue(document.title.line, forKey: name) else { return document }
            problems.add(
                "the course has a material that looks like \(quoted(title)) already, on line \(line)",
                at: document.title)
            return nil
        }
    }

    private mutating func newMaterial(
        _ document: MaterialDocument, at position: Int, of course: Course
    ) throws -> CourseWork.MaterialWork? {
        let title = document.title.value
        guard let text = document.text else {
            problems.add(
                "there is no material \(quoted(title)) yet, and a new one needs a 'description'",
                at: document.title)
            return nil
        }
        let material = Material(
            id: nil, title: title, position: position, course: course.id ?? CourseID(rawValue: 0),
            description: text)
        return CourseWork.MaterialWork(material: material, outcome: .created, fields: [], isShifted: false)
    }

    // MARK: - Students

    private mutating func planStudents(
        _ wanted: [Placed<Username>], of course: Course
    ) throws -> [CourseWork.StudentWork] {
        let roster = try course.id.map { try context.enrollments.all(of: $0) } ?? []
        let places = Dictionary(roster.map { (ExactText($0.username.folded), $0.place) }) { first, _ in first
        }
        var named: Set<ExactText> = []
        var works: [CourseWork.StudentWork] = []
        for name in wanted where named.insert(ExactText(name.value.folded)).inserted {
            if let place = places[ExactText(name.value.folded)] {
                guard place.status == .pending else { continue }
                works.append(.init(username: name.value, outcome: .updated, step: .enroll(place.id)))
            } else if let account = context.student(name, directory, &problems) {
                works.append(.init(username: account.username, outcome: .created, step: .add(account.id)))
            }
        }
        guard prunes else { return works }
        // Who has only asked is on no list yet.
        for (username, place) in roster
        where place.status == .enrolled && !named.contains(ExactText(username.folded)) {
            works.append(.init(username: username, outcome: .deleted, step: .remove(place.id)))
        }
        return works
    }
}

extension Material {
    fileprivate var withoutText: Material {
        var material = self
        material.description = nil
        return material
    }
}
