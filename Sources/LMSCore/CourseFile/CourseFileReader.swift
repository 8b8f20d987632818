internal import LMSText

/// Reads a course file: its form, and those rules that need no database.
struct CourseFileReader {
    private var documents: [CourseDocument] = []
    /// The files that it names, wherever they may be named.
    private(set) var attachmentPaths: [Located<String>] = []
    private var tally: CourseFileTally

    var reading: CourseFileReading { CourseFileReading(documents: documents, tally: tally) }

    private let name: String
    private let lines: LineTable
    /// Whether the text begins as a Markdown file with front matter does.
    private let hasFrontMatter: Bool
    /// By the bytes of their paths.
    private let attachments: [[UInt8]: String]

    /// - Parameter tally: What the files before brought.
    /// - Throws: `LMSError` `tooLarge` where this is too much, `busy` where nobody waits for it any more.
    init(_ file: CourseFile, after tally: CourseFileTally = CourseFileTally()) throws {
        try FileProblems.requireName(file.name)
        self.tally = tally
        name = file.name
        // A byte order mark is no part of the text.
        let text =
            file.text.unicodeScalars.first == "\u{feff}"
            ? String(file.text.unicodeScalars.dropFirst()) : file.text
        lines = LineTable(text)
        hasFrontMatter = text.utf8.starts(with: "---".utf8)
        attachments = Dictionary(file.attachments.map { (Array($0.path.utf8), $0.text) }) { first, _ in first
        }
        var utf8 = text
        try utf8.withUTF8 { bytes in
            let reader = YAMLReader(bytes, of: "a course file", after: tally.values)
            do {
                try readDocuments(reader)
            } catch let error as YAMLError {
                problems.add(foreignKind ?? error.message, at: located((), error.mark))
            }
            noteSlips(of: reader)
            self.tally.values = reader.valueCount
        }
    }

    private var problems: FileProblems {
        get { tally.problems }
        _modify { yield &tally.problems }
    }

    private mutating func readDocuments(_ reader: YAMLReader) throws {
        var count = 0
        while let node = try reader.next() {
            try LMSError.throwIfCancelled()
            // Three dashes with nothing behind them.
            if case .nothing = node.content { continue }
            count += 1
            noteSlips(of: reader)
            guard case .fields = node.content else {
                let foreign = foreignKind ?? (hasFrontMatter && count > 1 ? Self.markdown : nil)
                problems.add(foreign ?? words(for: node), at: located((), node.mark))
                if foreign != nil { return }
                continue
            }
            if let document = try course(node) { documents.append(document) }
        }
        if count == 0 { problems.add("there is no course in this file", at: located((), 0)) }
    }

    private mutating func noteSlips(of reader: YAMLReader) {
        for slip in reader.takeSlips() { problems.add(slip.message, at: located((), slip.mark)) }
    }

    /// What is to be said of a document that is no course.
    private func words(for node: YAMLNode) -> String {
        if case .text(let text) = node.content, let slip = YAMLRefusal.colonSlip(in: text) { return slip }
        return "a course is written as 'key: value' lines"
    }

    /// What is to be said of a file that is called as no course file is.
    private var foreignKind: String? {
        let name = name.lowercased()
        if [".md", ".markdown"].contains(where: name.hasSuffix) { return Self.markdown }
        if [".csv", ".tsv"].contains(where: name.hasSuffix) { return Self.table }
        return nil
    }

    private static let table =
        "this is a table and no course file: add the names in it to a course with 'lms roster add COURSE --file FILE'"

    private static let markdown =
        "this is Markdown and no course file: add it with 'lms material add COURSE --description-file FILE', or name it in a course file as description_file"

    private func located<Value>(_ value: Value, _ mark: Int) -> Located<Value> {
        Located(value, in: name, at: lines.location(of: mark))
    }

    // MARK: - Courses

    private mutating func course(_ node: YAMLNode) throws -> CourseDocument? {
        guard let keys = fields(node, of: "a course", CourseDocument.Key.self) else { return nil }
        var checked = CourseFields.Checked()
        for field in CourseDocument.fields where field != .description {
            guard let given = keys[.field(field)] else { continue }
            let isKept: Void? = try text(given).flatMap { text in
                try problems.noting(text) { try checked.set(field, to: text.value) }
            }
            // What breaks a rule was noted, so nothing will be written; and it was given, so nothing is missing.
            if isKept == nil, field == .title { checked.title = "" }
        }
        checked.description = try description(keys[.field(.description)], keys[.descriptionFile])
        let teachers = list(keys[.teachers])?.compactMap { username($0, called: "a teacher") }
        let students = list(keys[.students])?.compactMap { username($0, called: "a student") }
        try tally.addCourse(people: (teachers?.count ?? 0) + (students?.count ?? 0))
        let materials = try list(keys[.materials]).map { try materialList($0) }
        guard keys[.course] != nil else {
            problems.add("'course' is missing: the code that names the course", at: located((), node.mark))
            return nil
        }
        let code = try text(keys[.course]).flatMap { text in
            try problems.noting(text) { try CourseCode(text.value.trimmed).checked() }
                .map { Located($0, in: text.file, at: text.location) }
        }
        return code.map {
            CourseDocument(
                code: $0, fields: checked, teachers: teachers.map { located($0, keys[.teachers]?.mark ?? node.mark) },
                students: students, materials: materials)
        }
    }

    private mutating func username(_ node: YAMLNode, called noun: String) -> Located<Username>? {
        guard let text = text(node, called: noun) else { return nil }
        let name = text.value.trimmed
        guard !name.unicodeScalars.contains(where: { $0 == "," || $0 == ";" || $0.properties.isWhitespace })
        else {
            problems.add(
                "\(quoted(name)) is not one username: write [siti, budi], or each behind '- ' in a line of its own",
                at: text)
            return nil
        }
        return located(Username(name), node.mark)
    }

    // MARK: - Materials

    private enum MaterialKey: String, CaseIterable {
        case title, description
        case descriptionFile = "description_file"
        case section, hidden
        case releaseDate = "release_date"
        case due
    }

    private mutating func materialList(_ nodes: [YAMLNode]) throws -> [MaterialDocument] {
        try tally.addMaterials(nodes.count)
        var lines: [ExactText: Int] = [:]
        var found: [MaterialDocument] = []
        var section = hasHeadings(nodes) ? "" : nil as String?
        for node in nodes {
            if let heading = heading(node) {
                section = try sectionTitle(heading) ?? ""
                continue
            }
            guard var material = try material(node) else { continue }
            material.plan.section = section
            let title = material.title
            if let line = lines.updateValue(title.location.line, forKey: ExactText(title.value)) {
                problems.add(
                    "the course has a material called \(quoted(title.value)) already, on line \(line)",
                    at: title)
            } else {
                found.append(material)
            }
        }
        return found
    }

    /// Whether the list has headings: one without any leaves them alone.
    private func hasHeadings(_ nodes: [YAMLNode]) -> Bool { nodes.contains { heading($0) != nil } }

    /// The heading that an entry of the list is: it has no other key.
    private func heading(_ node: YAMLNode) -> YAMLField? {
        guard case .fields(let fields) = node.content, fields.count == 1,
            fields[0].key == MaterialKey.section.rawValue
        else { return nil }
        return fields[0]
    }

    private mutating func sectionTitle(_ field: YAMLField) throws -> String? {
        var plan = MaterialPlanChange()
        try set(.section, field, in: &plan)
        return plan.section
    }

    /// Takes a field of a material's plan.
    private mutating func set(_ key: MaterialField, _ field: YAMLField?, in plan: inout MaterialPlanChange) throws {
        guard let field, let text = text(field) else { return }
        _ = try problems.noting(text) { try plan.set(key, to: text.value.trimmed) }
    }

    private mutating func material(_ node: YAMLNode) throws -> MaterialDocument? {
        guard let fields = fields(node, of: "a material", MaterialKey.self) else { return nil }
        let text = try description(fields[.description], fields[.descriptionFile])
        guard let titleField = fields[.title] else {
            problems.add("'title' is missing: it names the material", at: located((), node.mark))
            return nil
        }
        let title = try self.text(titleField).flatMap { text in
            try problems.noting(text) { try Title.checked(text.value) }
        }
        if let section = fields[.section] {
            problems.add(
                "a section is an entry of its own, before its materials: '- section: Week 1'", at: located((), section.mark))
        }
        var plan = MaterialPlanChange()
        try set(.hidden, fields[.hidden], in: &plan)
        try set(.releaseDate, fields[.releaseDate], in: &plan)
        try set(.due, fields[.due], in: &plan)
        return title.map {
            MaterialDocument(
                title: located($0, titleField.value.mark), titleKey: MaterialRows.titleKey($0), text: text, plan: plan)
        }
    }

    // MARK: - Texts

    /// A text that is written out, or stands in a file of its own.
    private mutating func description(
        _ inline: YAMLField?, _ file: YAMLField?
    ) throws -> String? {
        if let inline, let file {
            let later = max(inline.mark, file.mark)
            problems.add("give only one of 'description' and 'description_file'", at: located((), later))
        }
        if let inline {
            guard let text = text(inline) else { return "" }
            return try problems.noting(text) { try Description.checked(text.value) } ?? ""
        }
        guard let file else { return nil }
        guard let path = text(file),
            try problems.noting(path, { try AttachmentPath.check(path.value) }) != nil
        else { return "" }
        attachmentPaths.append(path)
        guard let text = attachments[Array(path.value.utf8)] else {
            problems.add("the file \(quoted(path.value)) did not come with this one", at: path)
            return ""
        }
        // It came once, and is written as often as it is named.
        try tally.addText(text)
        return try problems.noting(path) { try Description.checked(text) } ?? ""
    }

    // MARK: - Shapes

    /// The fields of a mapping, each known and there once.
    private mutating func fields<Key: RawRepresentable & CaseIterable & Hashable>(
        _ node: YAMLNode, of thing: String, _: Key.Type
    ) -> [Key: YAMLField]? where Key.RawValue == String {
        guard case .fields(let fields) = node.content else {
            problems.add("\(thing) is written as 'key: value' lines", at: located((), node.mark))
            return nil
        }
        var found = [Key: YAMLField](minimumCapacity: min(fields.count, Key.allCases.count))
        for field in fields {
            guard let key = Key(named: field.key) else {
                problems.add(Self.words(forKey: field.key, of: thing, Key.self), at: located((), field.mark))
                continue
            }
            if let first = found[key] {
                let line = lines.location(of: first.mark).line
                problems.add(
                    "the key '\(field.key)' is here twice, first on line \(line)", at: located((), field.mark)
                )
            } else {
                found[key] = field
            }
        }
        return found
    }

    /// What is to be said of a key that there is not: the one that was meant, or those that there are.
    private static func words<Key: RawRepresentable & CaseIterable>(
        forKey key: String, of thing: String, _: Key.Type
    ) -> String where Key.RawValue == String {
        let known = Key.allCases.map(\.rawValue)
        let refusal = "\(thing) has no key \(quoted(key))"
        // No key is so long that a slip could make this of it.
        if key.utf8.count <= 2 * "description_file".utf8.count,
            let meant = Spelling.nearest(to: key, among: known)
        {
            return "\(refusal): did you mean '\(meant)'?"
        }
        return "\(refusal): it has \(known.joined(separator: ", "))"
    }

    private mutating func text(_ field: YAMLField?) -> Located<String>? {
        field.flatMap { text($0.value, called: "'\($0.key)'") }
    }

    private mutating func text(_ node: YAMLNode, called name: String) -> Located<String>? {
        switch node.content {
        case .text(let text): return located(text, node.mark)
        case .nothing:
            problems.add("\(name) has no value: an empty text is ''", at: located((), node.mark))
        case .list:
            problems.add(
                "\(name) is a text, not a list: put quotes around a text that begins with [ or -",
                at: located((), node.mark))
        case .fields:
            problems.add(
                "\(name) is a text, not keys and values: put quotes around a text that begins with { or has ': ' in it",
                at: located((), node.mark))
        }
        return nil
    }

    private mutating func list(_ field: YAMLField?) -> [YAMLNode]? {
        guard let field else { return nil }
        let location = located((), field.value.mark)
        switch field.value.content {
        case .list(let items): return items
        case .nothing: problems.add("'\(field.key)' has no value: an empty list is []", at: location)
        case .text, .fields:
            let form =
                field.key == CourseDocument.Key.materials.rawValue
                ? "begin each material with '- title: '"
                : "write [siti, budi], or each behind '- ' in a line of its own"
            problems.add("'\(field.key)' is a list: \(form)", at: location)
        }
        return nil
    }
}
