internal import LMSDatabase
internal import LMSText

/// Writes the rows of `materials.csv`.
final class MaterialImport: RowImport {
    private let attempt: ImportAttempt
    private let materials: MaterialStatements
    private let hasPlans: Bool
    private var written: WrittenRows
    private var positions = MaterialPositions()

    /// Of a block.
    private var expected: [(title: String, course: String, textLength: Int)] = []

    /// The columns of a material's plan.
    private static let planColumns = MaterialPlanChange.fields.compactMap(BulkColumn.init)

    /// Whether a file has any of them, whose header was read.
    static func hasPlans(_ reader: BulkReader) -> Bool { planColumns.contains(where: reader.has) }

    /// - Parameter hasPlans: Whether the file has columns of plans.
    init(_ attempt: ImportAttempt, hasPlans: Bool) throws {
        self.attempt = attempt
        self.hasPlans = hasPlans
        materials = try MaterialStatements(attempt.connection, withPlans: hasPlans, at: attempt.transaction.now)
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
        guard let plan = try plan(reader) else { return nil }
        guard let course, let title, isText != nil, let position else { return nil }

        let key = MaterialRows.titleKey(title)
        if materials.canHave(title, key: key, in: course),
            let stored = try materials.find(title, key: key, in: course, asking: text)
        {
            return try merge(stored, title, in: course, position, plan, reader)
        }
        guard let new = try materials.insert(title, key: key, text, plan.applied(to: MaterialPlan()).plan, in: course) else {
            // An earlier row has the title, too.
            guard let stored = try materials.find(title, key: key, in: course, asking: text) else {
                throw LMSError.rowMissing
            }
            return try merge(stored, title, in: course, position, plan, reader)
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

    /// What the row says of the material's plan. A column that is not there says nothing, an empty cell takes away.
    ///
    /// - Returns: `nil` where a cell was refused.
    private func plan(_ reader: BulkReader) throws -> MaterialPlanChange? {
        var plan = MaterialPlanChange()
        guard hasPlans else { return plan }
        var isGood = true
        for field in MaterialPlanChange.fields {
            guard let column = BulkColumn(field), reader.has(column) else { continue }
            let isTaken: Void? = try attempt.check(column, reader) { try plan.set(field, to: reader.text(column)) }
            if isTaken == nil { isGood = false }
        }
        return isGood ? plan : nil
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
        _ change: MaterialPlanChange, _ reader: BulkReader
    ) throws -> RowOutcome? {
        let id = stored.id.rawValue
        let present = positions.position(of: id) ?? stored.position
        let isMoved = position.map { $0 != present } ?? false
        let (plan, changed) = change.applied(to: stored.plan)
        if stored.hasText, !isMoved, changed.isEmpty {
            if let position { positions.note(id, position, in: course, isThere: true, reader) }
            return .unchanged
        }
        let difference: BulkColumn =
            !stored.hasText ? .description : isMoved ? .position : changed.first.flatMap(BulkColumn.init) ?? .position
        switch attempt.decide(id, title, difference, reader, &written) {
        case .refuse: return nil
        case .skip: return .skipped
        case .update: break
        }
        if !stored.hasText {
            try MaterialRows(connection: attempt.connection).updateText(
                reader.text(.description), of: stored.id, title: stored.title, at: attempt.transaction.now)
        }
        if !changed.isEmpty {
            let isUnhidden = stored.plan.isHidden && !plan.isHidden
            try MaterialRows(connection: attempt.connection).update(
                plan, of: stored.id, isUnhidden: isUnhidden, at: attempt.transaction.now)
        }
        if let position { positions.note(id, position, in: course, isThere: !isMoved, reader) }
        attempt.touchedCourses.insert(course)
        return .updated
    }
}
