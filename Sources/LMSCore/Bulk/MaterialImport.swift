internal import LMSDatabase
internal import LMSText

/// Writes the rows of `materials.csv`.
final class MaterialImport: RowImport {
    private let attempt: ImportAttempt
    private let materials: MaterialStatements
    private var written: WrittenRows
    private var positions = MaterialPositions()

    /// Of a block.
    private var expected: [(title: String, course: String, textLength: Int)] = []

    init(_ attempt: ImportAttempt) throws {
        self.attempt = attempt
        materials = try MaterialStatements(attempt.connection)
        written = WrittenRows(above: materials.highestID)
    }

    func flush() throws {
        try materials.flush()
    }

    func finish() throws {
        try positions.settle(attempt)
        try materials.finish()
    }

    func write(_ reader: BulkReader) throws -> RowOutcome? {
        let course = try attempt.courses.find(reader.bytes(.course))
        if course == nil { attempt.noteMissing(.courses, .course, reader) }
        let title = try attempt.check(.title, reader) { try Title.checked(reader.text(.title)) }
        let text = reader.bytes(.description)
        let isText: Void? = try attempt.check(.description, reader) { try Description.check(text) }
        let position = try attempt.check(.position, reader) { try Self.position(reader.bytes(.position)) }
        guard let course, let title, isText != nil, let position else { return nil }

        let key = MaterialRows.titleKey(title)
        if materials.canHave(title, key: key, in: course),
            let stored = try materials.find(title, key: key, in: course, asking: text)
        {
            return try merge(stored, title, in: course, position, reader)
        }
        guard let new = try materials.insert(title, key: key, text, in: course) else {
            // An earlier row has the title, too.
            guard let stored = try materials.find(title, key: key, in: course, asking: text) else {
                throw LMSError.rowMissing
            }
            return try merge(stored, title, in: course, position, reader)
        }
        attempt.touchedCourses.insert(course)
        if let position {
            positions.note(new.id, position, in: course, isThere: position == new.position, reader)
        }
        return .created
    }

    func beginBlock() {
        attempt.courses.beginBlock()
        materials.beginBlock()
    }

    func expect(_ reader: BulkReader) {
        guard let title = try? Title.checked(reader.text(.title)) else { return }
        attempt.courses.expect(reader.bytes(.course))
        // In characters, as a database counts them.
        let length = reader.bytes(.description).reduce(0) { $1 & 0xc0 == 0x80 ? $0 : $0 + 1 }
        expected.append((title, reader.text(.course), length))
    }

    func lookUp() throws {
        try attempt.courses.lookUp()
        for (title, course, length) in expected {
            guard let course = try attempt.courses.find(course) else { continue }
            materials.expect(title, key: Title.key(of: title), in: course, textLength: length)
        }
        expected.removeAll(keepingCapacity: true)
        try materials.lookUp()
    }

    /// - Returns: `nil` where the cell says nothing.
    private static func position(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Int64? {
        if bytes.isEmpty { return nil }
        if bytes.count == 1, let digit = bytes.first, isASCIIDigit(digit), digit != UInt8(ascii: "0") {
            return Int64(digit - UInt8(ascii: "0"))
        }
        guard let number = parseID(bytes), number <= Int64(Int32.max) else {
            throw LMSError(
                .invalid, "\(quoted(bytes.text)) is not a position", hint: "position is 1, 2, 3 and so on.")
        }
        return number
    }

    /// What becomes of a material that is there already.
    private func merge(
        _ stored: MaterialStatements.Stored, _ title: String, in course: Int64, _ position: Int64?,
        _ reader: BulkReader
    ) throws -> RowOutcome? {
        let id = stored.id.rawValue
        let present = positions.position(of: id) ?? stored.position
        let isMoved = position.map { $0 != present } ?? false
        if stored.hasText, !isMoved {
            if let position { positions.note(id, position, in: course, isThere: true, reader) }
            return .unchanged
        }
        let difference: BulkColumn = stored.hasText ? .position : .description
        switch attempt.decide(id, title, difference, reader, &written) {
        case .refuse: return nil
        case .skip: return .skipped
        case .update: break
        }
        if !stored.hasText {
            try MaterialRows(connection: attempt.connection).updateText(
                reader.text(.description), of: stored.id, title: stored.title)
        }
        if let position { positions.note(id, position, in: course, isThere: !isMoved, reader) }
        attempt.touchedCourses.insert(course)
        return .updated
    }
}
