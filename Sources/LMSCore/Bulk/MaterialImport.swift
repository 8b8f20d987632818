internal import LMSDatabase

/// Writes the rows of `materials.csv`.
final class MaterialImport: RowImport {
    private let attempt: ImportAttempt
    private let find: any Statement
    private let findAlike: any Statement
    private let insert: any Statement
    private let index: SearchIndex.Writer
    private var written: WrittenRows
    private var places: MaterialPlaces
    private let lastOldCourse: Int64
    /// Whether there are titles that others may look like without being the same.
    private var hasOddTitles: Bool
    /// How many materials the course of the last row has.
    private var last: (course: Int64, count: Int64) = (0, 0)

    init(_ attempt: ImportAttempt) throws {
        self.attempt = attempt
        find = try attempt.connection.prepare(
            "SELECT id, description, position, title FROM material WHERE course_id = $1 AND title = $2")
        findAlike = try attempt.connection.prepare(
            """
            SELECT id, description, position, title FROM material
            WHERE course_id = $1 AND (title = $2 OR title_key = $2) ORDER BY id LIMIT 1
            """)
        insert = try attempt.connection.prepare(
            """
            INSERT INTO material (course_id, description, title, position, title_key)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            """)
        index = try SearchIndex.materials.writer(on: attempt.connection)
        written = try WrittenRows("SELECT max(id) FROM material", on: attempt.connection)
        places = MaterialPlaces()
        let last: Int64? = try attempt.connection.value("SELECT max(course_id) FROM material")
        lastOldCourse = last ?? 0
        let odd: Int64? = try attempt.connection.value(
            "SELECT 1 FROM material WHERE title_key IS NOT NULL LIMIT 1")
        hasOddTitles = odd != nil
    }

    func finish() throws {
        try places.settle(attempt)
        try index.finish()
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
        if course <= lastOldCourse || hasOddTitles || key != nil,
            let result = try merge(title, course, position, reader)
        {
            return result.outcome
        }
        let count = try count(in: course)
        insert.bind(course, at: 1)
        insert.bind(text, at: 2)
        insert.bind(title, at: 3)
        insert.bind(count + 1, at: 4)
        if let key { insert.bind(key, at: 5) } else { insert.bindNull(at: 5) }
        guard let id = try insert.insert() else {
            return try merge(title, course, position, reader)?.outcome
        }
        last.count += 1
        hasOddTitles = hasOddTitles || key != nil
        try index.insert(id, heading: title, body: text)
        attempt.touchedCourses.insert(course)
        if let position {
            places.note(id, position, in: course, isThere: position == count + 1, reader)
        }
        return .created
    }

    /// - Returns: `nil` where the cell says nothing.
    private static func position(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Int64? {
        if bytes.isEmpty { return nil }
        if bytes.count == 1, let digit = bytes.first, isASCIIDigit(digit), digit != UInt8(ascii: "0") {
            return Int64(digit - UInt8(ascii: "0"))
        }
        guard let number = parseID(bytes.text), number <= Int64(Int32.max) else {
            throw LMSError(
                .invalid, "\(quoted(bytes.text)) is not a position", hint: "position is 1, 2, 3 and so on.")
        }
        return number
    }

    private func count(in course: Int64) throws -> Int64 {
        if last.course != course {
            let rows = MaterialRows(connection: attempt.connection)
            last = (course, Int64(try rows.nextPosition(in: CourseID(rawValue: course)) - 1))
        }
        return last.count
    }

    // MARK: - A material that is there already

    /// - Returns: `nil` where it is not there; within, `nil` where the row was refused.
    private func merge(
        _ title: String, _ course: Int64, _ position: Int64?, _ reader: BulkReader
    ) throws -> (outcome: RowOutcome?, Void)? {
        let text = reader.bytes(.description)
        guard let material = try stored(title, course, text) else { return nil }
        let place = places.place(of: material.id) ?? material.position
        let isMoved = position.map { $0 != place } ?? false
        guard !material.isSame || isMoved else {
            if let position { places.note(material.id, position, in: course, isThere: true, reader) }
            return (.unchanged, ())
        }
        let difference: BulkColumn = material.isSame ? .position : .description
        switch attempt.decide(material.id, title, difference, reader, &written) {
        case .refuse: return (nil, ())
        case .skip: return (.skipped, ())
        case .update: break
        }
        if !material.isSame {
            try MaterialRows(connection: attempt.connection).update(
                Material(
                    id: MaterialID(rawValue: material.id), title: material.title,
                    position: Int(material.position),
                    course: CourseID(rawValue: course), description: text.text))
        }
        if let position { places.note(material.id, position, in: course, isThere: !isMoved, reader) }
        attempt.touchedCourses.insert(course)
        return (.updated, ())
    }

    /// A material as it is stored.
    private typealias Stored = (id: Int64, isSame: Bool, position: Int64, title: String)

    /// The material of a title, or else one whose title looks the same.
    private func stored(
        _ title: String, _ course: Int64, _ text: UnsafeBufferPointer<UInt8>
    ) throws -> Stored? {
        func first(_ statement: any Statement, _ title: String) throws -> Stored? {
            statement.bind(course, at: 1)
            statement.bind(title, at: 2)
            return try statement.first {
                (
                    id: $0.integer(at: 0), isSame: $0.isText(text, at: 1), position: $0.integer(at: 2),
                    title: $0.text(at: 3)
                )
            }
        }
        if let material = try first(find, title) { return material }
        let key = Title.key(of: title)
        guard hasOddTitles || !key.isIdentical(to: title) else { return nil }
        return try first(findAlike, key)
    }
}
