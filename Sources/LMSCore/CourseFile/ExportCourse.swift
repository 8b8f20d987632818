internal import LMSText

/// Writes one of one's own courses as a course file: applied again, it changes nothing.
package struct ExportCourse: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    package var course: CourseReference
    /// Whether the materials' texts stand in files of their own.
    package var split: Bool?
    /// Whether the students are in it; they are unless it is `false`.
    package var students: Bool?

    package init(course: CourseReference, split: Bool? = nil, students: Bool? = nil) {
        self.course = course
        self.split = split
        self.students = students
    }

    package func perform(in context: Context) throws -> CourseFile {
        let course = try context.courses.find(course)
        try Policy.requireMayManage(course, context.principal, .read)
        var yaml = YAMLWriter()
        yaml.add(CourseDocument.Key.course.rawValue, course.code.rawValue)
        for field in CourseDocument.fields {
            if let text = course.text(of: field) { yaml.add(field.rawValue, text) }
        }
        let teachers = try context.teachers.all(of: course.id)
        if !teachers.isEmpty { yaml.add("teachers", names: teachers.map(\.username.rawValue)) }
        if students ?? true {
            let enrolled = try context.enrollments.all(of: course.id).filter { $0.row.status == .enrolled }
            if !enrolled.isEmpty { yaml.add("students", names: enrolled.map(\.username.rawValue)) }
        }
        let (materials, attachments) = try materials(of: course.id, in: context)
        if !materials.isEmpty { yaml.add("materials", materials) }
        return CourseFile(name: Self.fileName, text: yaml.text, attachments: attachments)
    }

    static let fileName = "course.yaml"

    /// Whether a file of an export is called like this. A client asks, because a server may say anything: other names
    /// could be those of programs' settings.
    package static func canName(_ path: String) -> Bool {
        if path.isIdentical(to: fileName) { return true }
        let folder = "materials/".utf8
        guard path.utf8.starts(with: folder) else { return false }
        let name = path.utf8.dropFirst(folder.count)
        return name.first != UInt8(ascii: ".") && name.first != UInt8(ascii: "-")
            && name.reversed().starts(with: ".md".utf8.reversed()) && name.allSatisfy(isOfName)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private func materials(
        of course: CourseID, in context: Context
    ) throws -> ([YAMLWriter], [CourseFile.Attachment]) {
        var items: [YAMLWriter] = []
        var attachments: [CourseFile.Attachment] = []
        var names = AttachmentNames()
        var size = 0
        var section = ""
        try context.materials.forEach(of: course) { material in
            let text = material.description ?? ""
            size += text.utf8.count + material.title.utf8.count
            guard size <= CourseFile.limit else { throw LMSError.courseTooLargeToExport }
            let heading = material.plan.section ?? ""
            if heading != section {
                var item = YAMLWriter()
                item.add("section", heading)
                items.append(item)
                section = heading
            }
            var item = YAMLWriter()
            item.add("title", material.title)
            if material.plan.isHidden { item.add(MaterialField.hidden.rawValue, true) }
            if let date = material.plan.releaseDate { item.add(MaterialField.releaseDate.rawValue, date.description) }
            if let due = material.plan.due { item.add(MaterialField.due.rawValue, due.description) }
            if split == true, !text.isEmpty, Self.isReadAsItIs(text) {
                let path = names.next(for: material.title)
                attachments.append(CourseFile.Attachment(path: path, text: text))
                item.add("description_file", path)
            } else {
                item.add("description", text)
            }
            items.append(item)
            return true
        }
        return (items, attachments)
    }

    /// Whether a file of this text is taken byte for byte: a byte order mark is taken off, and what looks like a PDF or
    /// the like is refused.
    private static func isReadAsItIs(_ text: String) -> Bool {
        text.unicodeScalars.first != "\u{feff}"
            && ForeignFile(Array(text.utf8.prefix(ForeignFile.beginning)), wanted: .text) == nil
    }
}

/// Names for the files of a course's materials, made from the titles: `materials/week-1.md`.
private struct AttachmentNames {
    private var counts: [String: Int] = [:]

    mutating func next(for title: String) -> String {
        let base = CourseCode(madeFrom: title).rawValue
        var name: String
        repeat {
            let number = (counts[base] ?? 0) + 1
            counts[base] = number
            name = CourseCode(base).numbered(number).rawValue
        } while name != base && counts.updateValue(1, forKey: name) != nil
        return "materials/\(Self.devices.contains(name) ? "_" : "")\(name).md"
    }

    /// Names that Windows keeps for devices, with every ending.
    /// Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    private static let devices = Set(
        ["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })
}

extension LMSError {
    fileprivate static let courseTooLargeToExport = LMSError(
        .tooLarge, "the course has more than \(CourseFile.limit >> 20) MiB of texts, too much for one file",
        hint: "Your administrator can write it out with: lms db export DIR")
}
