internal import LMSDatabase
internal import LMSText

/// The statements of an import, each prepared once for all its rows.
final class MaterialStatements {
    /// The highest ids from before the import, of a material and of a course that has one; 0 where there is none.
    let highestID: Int64
    private let highestCourse: Int64
    /// Whether there are titles that others may look like without being the same.
    private var hasOddTitles: Bool
    private let find: any Statement
    private let findAlike: any Statement
    private let insert: any Statement
    private let index: SearchIndex.Writer
    private let rows: MaterialRows
    /// How many materials the course of the last row has.
    private var last: (course: Int64, count: Int64) = (0, 0)

    init(_ connection: any Connection) throws {
        rows = MaterialRows(connection: connection)
        find = try connection.prepare(
            "SELECT id, description, position, title FROM material WHERE course_id = $1 AND title = $2")
        findAlike = try connection.prepare(
            """
            SELECT id, description, position, title FROM material
            WHERE course_id = $1 AND (title = $2 OR title_key = $2) ORDER BY id LIMIT 1
            """)
        insert = try connection.prepare(
            """
            INSERT INTO material (course_id, description, title, position, title_key)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            """)
        index = try SearchIndex.materials.writer(on: connection)
        highestID = try connection.value("SELECT max(id) FROM material") ?? 0
        highestCourse = try connection.value("SELECT max(course_id) FROM material") ?? 0
        let odd: Int64? = try connection.value("SELECT 1 FROM material WHERE title_key IS NOT NULL LIMIT 1")
        hasOddTitles = odd != nil
    }

    /// Whether a material of that title can be there at all: what cannot is not looked for.
    func canHave(_ title: String, key: String?, in course: Int64) -> Bool {
        course <= highestCourse || hasOddTitles || key != nil
    }

    /// A material as it is stored.
    struct Stored {
        let id: MaterialID
        let title: String
        let position: Int64
        /// Whether its text is the one that was asked about.
        let hasText: Bool
    }

    /// The material of a title, or else one whose title looks the same.
    func find(_ title: String, in course: Int64, asking text: UnsafeBufferPointer<UInt8>) throws -> Stored? {
        func first(_ statement: any Statement, _ title: String) throws -> Stored? {
            statement.bind(course, at: 1)
            statement.bind(title, at: 2)
            return try statement.first {
                Stored(
                    id: MaterialID(rawValue: $0.integer(at: 0)), title: $0.text(at: 3),
                    position: $0.integer(at: 2), hasText: $0.isText(text, at: 1))
            }
        }
        if let material = try first(find, title) { return material }
        let key = Title.key(of: title)
        guard hasOddTitles || !key.isIdentical(to: title) else { return nil }
        return try first(findAlike, key)
    }

    /// Adds a material at the end of its course.
    ///
    /// - Returns: `nil` where the course has a material of that title.
    func insert(
        _ title: String, key: String?, _ text: UnsafeBufferPointer<UInt8>, in course: Int64
    ) throws -> (id: Int64, position: Int64)? {
        if last.course != course {
            last = (course, Int64(try rows.nextPosition(in: CourseID(rawValue: course)) - 1))
        }
        insert.bind(course, at: 1)
        insert.bind(text, at: 2)
        insert.bind(title, at: 3)
        insert.bind(last.count + 1, at: 4)
        insert.bind(orNull: key, at: 5)
        guard let id = try insert.insert() else { return nil }
        last.count += 1
        hasOddTitles = hasOddTitles || key != nil
        try index.insert(id, heading: title, body: text)
        return (id, last.count)
    }

    /// Writes what is left of the search entries, behind the last row.
    func finish() throws {
        try index.finish()
    }
}
