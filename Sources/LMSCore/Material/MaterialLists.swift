internal import LMSDatabase
internal import LMSText

/// A course's materials as one reader sees them.
struct MaterialLists {
    let connection: any Connection
    let visibility: MaterialVisibility
    /// Tells what the dates of materials mean.
    let calendar: SchoolCalendar

    /// The number of a material among those that the reader sees.
    func position(of material: Material) throws -> Int {
        guard case .out = visibility else { return material.position }
        return try count(in: material.course, below: material.position) + 1
    }

    /// How many materials the reader sees before a position.
    private func count(in course: CourseID, below position: Int) throws -> Int {
        try connection.value(
            """
            SELECT count(*) FROM material
            WHERE course_id = \(course) AND position < \(position)\(visibility.condition)
            """) ?? 0
    }

    /// All, in their order.
    func inOrder(of course: Course, withText: Bool, _ request: PageRequest) throws -> Page<Material> {
        let after = try request.after.map { try last($0, in: course).position } ?? 0
        var seen = after == 0 ? 0 : try count(in: course.id, below: after + 1)
        return try connection.page(
            request,
            """
            SELECT \(MaterialRows.columns), \(Self.text(withText)) FROM material
            WHERE course_id = \(course.id) AND position > \(after)\(visibility.condition)
            ORDER BY position LIMIT \(request.limit + 1)
            """,
            cursor: { Cursor($0) },
            decode: { row in
                var material = try MaterialRows.decode(row)
                if case .out = visibility {
                    seen += 1
                    material.position = seen
                }
                return entry(material, in: course)
            })
    }

    /// All, in the order in which they are due. Those that never are come last.
    func byDue(of course: Course, withText: Bool, _ request: PageRequest) throws -> Page<Material> {
        var rest: SQL = ""
        if let last = try request.after.map({ try last($0, in: course) }) {
            rest =
                if let due = last.due {
                    " AND (due IS NULL OR due > \(due) OR due = \(due) AND position > \(last.position))"
                } else {
                    " AND due IS NULL AND position > \(last.position)"
                }
        }
        // The texts are read behind the ordering, of the page alone.
        return try connection.page(
            request,
            """
            SELECT \(MaterialRows.columns), \(Self.text(withText)), seen FROM material
            JOIN (
                SELECT id AS chosen, due IS NULL AS is_never, due AS until, position AS place, seen FROM (
                    SELECT id, due, position, row_number() OVER (ORDER BY position) AS seen FROM material
                    WHERE course_id = \(course.id)\(visibility.condition)
                ) AS numbered
                WHERE TRUE\(rest)
                ORDER BY is_never, until, place LIMIT \(request.limit + 1)
            ) AS part ON id = chosen
            ORDER BY is_never, until, place
            """,
            cursor: { Cursor($0) },
            decode: { row in
                var material = try MaterialRows.decode(row)
                material.position = try row["seen"]
                return entry(material, in: course)
            })
    }

    private static func text(_ isWanted: Bool) -> SQL { isWanted ? "description" : "NULL AS description" }

    private func entry(_ material: Material, in course: Course) -> (Material, MaterialID, Int) {
        let size = (material.description?.utf8.count ?? 0) + material.title.utf8.count + 100
        return (material.told(of: course, on: calendar), material.id, size)
    }

    /// The material that ended the page before. A cursor has its id and not its position, which would tell how many there are
    /// that a student does not see.
    ///
    /// - Throws: `LMSError` `busy` where it is gone.
    private func last(_ cursor: Cursor, in course: Course) throws -> (position: Int, due: DueDate?) {
        let id = try cursor.id(as: MaterialID.self)
        let row = try connection.row(
            "SELECT position, due FROM material WHERE id = \(id) AND course_id = \(course.id)")
        guard let row else {
            throw LMSError(
                .busy, "the materials of '\(course.code)' have just changed", hint: "Begin the list again.", retryAfter: 1)
        }
        return (try row["position"], try row["due"])
    }
}

extension Context {
    func materials(for visibility: MaterialVisibility, on calendar: SchoolCalendar) -> MaterialLists {
        MaterialLists(connection: transaction.connection, visibility: visibility, calendar: calendar)
    }
}
