internal import LMSDatabase
internal import LMSText

/// The `material` table. The positions of a course's materials are 1, 2, 3 … without a gap.
struct MaterialRows {
    let connection: any Connection
    /// When the search entries of what is written here are written.
    var search = SearchWriting.atOnce

    static let copied = CopiedTable(
        "material", "material",
        [
            "id", "course_id", "description", "title", "position", "title_key", "section", "hidden", "release_date", "due",
            "created_at", "unhidden_at", "modified_at",
        ])

    /// What an export writes, by the names of its columns, in the order in which an import gives new ids.
    static let exported: SQL = """
        SELECT course.code AS course, material.title, material.description, material.position, material.section,
            material.hidden, material.release_date, material.due
        FROM material JOIN course ON course.id = material.course_id
        ORDER BY material.course_id, material.position
        """

    func find(_ id: MaterialID, withText: Bool = true) throws -> Material? {
        let text: SQL = withText ? "description" : "NULL AS description"
        return try connection.row("SELECT \(Self.columns), \(text) FROM material WHERE id = \(id)").map(Self.decode)
    }

    /// All but the text.
    static let columns: SQL = """
        id, title, position, course_id, section, hidden, release_date, due, created_at, modified_at
        """

    /// - Returns: The new id; `nil` where the course has a material of that title.
    func insert(_ material: MaterialValues) throws -> MaterialID? {
        let id = try connection.insert(
            """
            INSERT INTO material (
                course_id, description, title, title_key, position, section, hidden, release_date, due, created_at)
            VALUES (\(material.course), \(material.description), \(material.title),
                \(material.titleKey), \(material.position), \(material.plan.section), \(material.plan.isHidden ? 1 : 0),
                \(material.plan.releaseDate), \(material.plan.due), \(material.createdAt))
            ON CONFLICT DO NOTHING
            """
        ).map(MaterialID.init(rawValue:))
        if let id { try index(id, title: material.title, text: material.description, isNew: true) }
        return id
    }

    /// Stores another title of a material, which keeps its text.
    func updateTitle(of material: Material) throws {
        try connection.execute(
            """
            UPDATE material SET title = \(material.title), title_key = \(Self.titleKey(material.title))
            WHERE id = \(material.id)
            """)
        try index(material.id, title: material.title, text: material.description ?? "")
    }

    /// Stores another text of a material.
    func updateText(_ text: String, of id: MaterialID, title: String, at now: Instant) throws {
        try connection.execute("UPDATE material SET description = \(text), modified_at = \(now) WHERE id = \(id)")
        try index(id, title: title, text: text)
    }

    /// Stores another plan of a material.
    ///
    /// - Parameter isUnhidden: Whether it was a draft until now.
    func update(_ plan: MaterialPlan, of id: MaterialID, isUnhidden: Bool, at now: Instant) throws {
        let unhidden: SQL = isUnhidden ? ", unhidden_at = \(now)" : ""
        try connection.execute(
            """
            UPDATE material SET section = \(plan.section), hidden = \(plan.isHidden ? 1 : 0),
                release_date = \(plan.releaseDate), due = \(plan.due)\(unhidden)
            WHERE id = \(id)
            """)
    }

    private func index(_ id: MaterialID, title: String, text: String, isNew: Bool = false) throws {
        switch search {
        case .atOnce:
            try SearchIndex.materials.put(id, isNew: isNew, heading: title, body: text, on: connection)
        case .later: try SearchBacklog(connection: connection).add(id, of: .materials)
        }
    }

    /// Moves a material; those between the two positions make room.
    func move(_ material: Material, to position: Int) throws {
        if position > material.position {
            try connection.execute(
                """
                UPDATE material SET position = position - 1
                WHERE course_id = \(material.course) AND position > \(material.position)
                    AND position <= \(position)
                """)
        } else {
            try connection.execute(
                """
                UPDATE material SET position = position + 1
                WHERE course_id = \(material.course) AND position >= \(position)
                    AND position < \(material.position)
                """)
        }
        try connection.execute(
            "UPDATE material SET position = \(position) WHERE id = \(material.id)")
    }

    /// Moves a material to the end of another course, where it is new to its students.
    func move(_ material: Material, to course: CourseID, at position: Int, now: Instant) throws {
        try connection.execute(
            """
            UPDATE material SET course_id = \(course), position = \(position), unhidden_at = \(now)
            WHERE id = \(material.id)
            """)
        try closeGap(of: material)
    }

    /// Those behind a material that is no longer in its course move up.
    func closeGap(of material: Material) throws {
        try connection.execute(
            """
            UPDATE material SET position = position - 1
            WHERE course_id = \(material.course) AND position > \(material.position)
            """)
    }

    /// Deletes a material, and leaves a gap in the order.
    func remove(_ id: MaterialID) throws {
        try connection.execute("DELETE FROM material WHERE id = \(id)")
        switch search {
        case .atOnce: try SearchIndex.materials.remove(id, on: connection)
        case .later: try SearchBacklog(connection: connection).add(id, of: .materials)
        }
    }

    /// Gives a material a position, whatever has it already.
    func setPosition(_ position: Int, of id: MaterialID) throws {
        try connection.execute("UPDATE material SET position = \(position) WHERE id = \(id)")
    }

    /// The positions of a course's materials, in their order.
    func positions(in course: CourseID) throws -> [(id: MaterialID, position: Int)] {
        try connection.rows(
            "SELECT id, position FROM material WHERE course_id = \(course) ORDER BY position, id"
        ).map { (try $0["id"], try $0["position"]) }
    }

    /// Hands over a course's materials in their order, one by one.
    ///
    /// - Parameter body: Returns whether it wants another one.
    func forEach(of course: CourseID, _ body: (Material) throws -> Bool) throws {
        try connection.forEach(
            """
            SELECT \(Self.columns), description FROM material
            WHERE course_id = \(course) ORDER BY position, id
            """
        ) { try body(Self.decode($0)) }
    }

    /// Whether a course's materials have so much text that their search entries are written later. Looks at no more of
    /// them than it takes to know.
    func hasMuchText(in course: CourseID) throws -> Bool {
        var size = 0
        try connection.forEach("SELECT length(description) AS size FROM material WHERE course_id = \(course)") {
            // A few for each entry, so that very many small ones count, too.
            size += 100 + (try $0["size"] as Int)
            return size <= SearchWriting.limit
        }
        return size > SearchWriting.limit
    }

    func deleteAll(of course: CourseID) throws -> Int {
        switch search {
        case .atOnce: try SearchIndex.materials.remove(where: "course_id = \(course)", on: connection)
        case .later:
            try SearchBacklog(connection: connection).add(where: "course_id = \(course)", of: .materials)
        }
        return try connection.execute("DELETE FROM material WHERE course_id = \(course)")
    }

    /// Writes the search entries of a course's materials, which have none.
    func indexAgain(of course: CourseID) throws {
        switch search {
        case .later: try SearchBacklog(connection: connection).add(where: "course_id = \(course)", of: .materials)
        case .atOnce:
            for (id, _) in try positions(in: course) { _ = try SearchIndex.materials.renew(id.rawValue, on: connection) }
        }
    }

    func lastPosition(in course: CourseID) throws -> Int {
        let last: Int? = try connection.value(
            "SELECT position FROM material WHERE course_id = \(course) ORDER BY position DESC LIMIT 1")
        return last ?? 0
    }

    /// The position behind the last one.
    func nextPosition(in course: CourseID) throws -> Int {
        let last = try lastPosition(in: course)
        if (0..<Int(Int32.max)).contains(last) { return last + 1 }
        // Only a hand on the file gets there, beyond what the table's CHECK allows.
        let positions = try positions(in: course)
        for (index, (id, position)) in positions.enumerated() where position != index + 1 {
            try setPosition(index + 1, of: id)
        }
        return positions.count + 1
    }

    /// A course's materials in their order, without their texts, and what is stored of their titles' keys.
    func outline(of course: CourseID) throws -> [(material: Material, titleKey: String?)] {
        var outline: [(Material, String?)] = []
        try connection.forEach(
            """
            SELECT \(Self.columns), NULL AS description, title_key FROM material
            WHERE course_id = \(course) ORDER BY position, id
            """
        ) { row in
            outline.append((try Self.decode(row), try row["title_key"]))
            return true
        }
        return outline
    }

    /// Hands over the texts of some materials, one by one, in no order.
    ///
    /// - Parameter ids: Ascending.
    func forEachText(of ids: [MaterialID], _ body: (MaterialID, String) throws -> Void) throws {
        func read(where condition: SQL) throws {
            try connection.forEach("SELECT id, description FROM material WHERE \(condition)") { row in
                try body(try row["id"], try row["description"])
                return true
            }
        }
        var scattered: [MaterialID] = []
        var start = 0
        while start < ids.count {
            var end = start + 1
            while end < ids.count, ids[end].rawValue == ids[end - 1].rawValue &+ 1 { end += 1 }
            // What was made together has numbers without a gap. To compile a list of them takes longer than to read the rows.
            if end - start >= 20 {
                try read(where: "id BETWEEN \(ids[start]) AND \(ids[end - 1])")
            } else {
                scattered += ids[start..<end]
            }
            start = end
        }
        for start in stride(from: 0, to: scattered.count, by: 500) {
            try read(where: "id IN (\(list: scattered[start..<min(start + 500, scattered.count)]))")
        }
    }

    /// A material whose title looks like this one: the one whose title it is, where there is one.
    ///
    /// - Parameter other: One that does not count.
    func holder(of title: String, in course: CourseID, besides other: MaterialID? = nil) throws -> MaterialID? {
        let key = Title.key(of: title)
        let others: SQL = other.map { "WHERE id <> \($0)" } ?? ""
        // Each half has its index; with an OR, SQLite reads all of the course's materials.
        return try connection.value(
            """
            SELECT id FROM (
                SELECT id, title FROM material WHERE course_id = \(course) AND title = \(key)
                UNION ALL
                SELECT id, title FROM material WHERE course_id = \(course) AND title_key = \(key)
            ) AS alike
            \(others)
            ORDER BY CASE WHEN title = \(title) THEN 0 ELSE 1 END, id LIMIT 1
            """)
    }

    /// What is stored of a title's key: nothing where it is the title.
    static func titleKey(_ title: String) -> String? {
        let key = Title.key(of: title)
        return key.isIdentical(to: title) ? nil : key
    }

    /// Stores the keys of all titles, where there are none yet.
    func fillTitleKeys() throws {
        var last: Int64 = 0
        while true {
            let rows = try connection.rows(
                "SELECT id, title FROM material WHERE id > \(last) ORDER BY id LIMIT 1000")
            if rows.isEmpty { return }
            for row in rows {
                last = try row["id"]
                guard let key = Self.titleKey(try row["title"]) else { continue }
                try connection.execute("UPDATE material SET title_key = \(key) WHERE id = \(last)")
            }
        }
    }

    /// A free one of `title`, `title (2)`, `title (3)` …; `nil` where none is found.
    func firstFree(_ title: String, in course: CourseID) throws -> String? {
        try FreeNumber.find { number in
            try holder(of: MaterialTitle.numbered(title, number), in: course) != nil
        }.map { MaterialTitle.numbered(title, $0) }
    }

    static func decode(_ row: Row) throws -> Material {
        var material = Material(
            id: try row["id"], title: try row["title"], position: try row["position"],
            course: try row["course_id"], description: try row["description"])
        material.plan = try MaterialPlan(row)
        material.dates.createdAt = try row["created_at"]
        material.dates.modifiedAt = try row["modified_at"] ?? material.dates.createdAt
        return material
    }
}

extension MaterialPlan {
    /// As the row of a material has it.
    init(_ row: Row) throws {
        let hidden: Int64 = try row["hidden"]
        section = try row["section"]
        isHidden = hidden != 0
        releaseDate = try row["release_date"]
        due = try row["due"]
    }
}
