internal import LMSDatabase
internal import LMSText

/// What one reader finds in the search indexes.
struct SearchRows {
    let connection: any Connection
    let reader: Principal
    /// What dates mean; read where the right of the reader depends on one.
    let calendar: () throws -> SchoolCalendar

    /// Courses, and the materials that the reader may read: best match first; of equal ones the courses
    /// first, then by id.
    ///
    /// - Parameter course: Only this course and its materials.
    func page(
        _ words: SearchWords, in course: CourseID?, _ request: PageRequest
    ) throws -> Page<SearchHit> {
        let ranks = Self.ranks(words)
        var snippet = Snippet(words)
        var beginnings = WordBeginnings(connection)
        let mayRead = try Policy.mayReadMaterials(reader, calendar)
        return try connection.page(request, ranks: ranks.count, byteLimit: Self.textLimit) {
            rank, after, limit in
            let rank = ranks[rank]
            switch rank.kind {
            case .course:
                let query = try beginnings.expand(rank.query, in: .courses)
                return courses(query, in: course, after: after, limit: limit)
            case .material:
                let query = try beginnings.expand(rank.query, in: .materials)
                return materials(query, in: course, mayRead: mayRead, after: after, limit: limit)
            }
        } decode: { rank, row in
            let text: String? = try row["text"]
            let hit = SearchHit(
                kind: Told(ranks[rank].kind), id: try row["id"], course: try row["course_id"],
                title: try row["title"], snippet: text.flatMap { snippet.of($0) },
                courseCode: try row["code"] as CourseCode)
            // The whole text counts, since it was read to make the snippet: that bounds what a page reads, too.
            return (hit, hit.id.rawValue, (text?.utf8.count ?? 0) + hit.title.utf8.count + 100)
        }
    }

    /// How much text may be read for a page's snippets, in bytes, beyond its first text.
    private static let textLimit = 1 << 20

    static let rankCount = SearchWords.queryCount * SearchHit.Kind.allCases.count

    /// The classes in which hits are ordered: by how well they match, then courses before materials.
    private static func ranks(_ words: SearchWords) -> [(kind: SearchHit.Kind, query: FullTextQuery)] {
        words.queries.flatMap { query in SearchHit.Kind.allCases.map { (kind: $0, query: query) } }
    }

    private var within: SQL { Policy.within(reader.limits.cut, "course.id") }

    private func courses(
        _ query: FullTextQuery, in course: CourseID?, after: Int64, limit: Int
    ) -> SQL {
        let filter: SQL = course.map { "AND course.id = \($0)" } ?? ""
        return """
            SELECT course.id, course.id AS course_id, course.code, course.title, course.description AS text
            FROM \(SearchIndex.courses.hits(query, on: connection)) AS hit
            CROSS JOIN course
            WHERE course.id = hit.id AND hit.id > \(after) \(filter)\(within) AND \(Policy.mayFind(reader))
            ORDER BY hit.id LIMIT \(limit)
            """
    }

    private func materials(
        _ query: FullTextQuery, in course: CourseID?, mayRead: SQL, after: Int64, limit: Int
    ) -> SQL {
        let filter: SQL = course.map { "AND material.course_id = \($0)" } ?? ""
        return """
            SELECT material.id, material.course_id, course.code, material.title, material.description AS text
            FROM \(SearchIndex.materials.hits(query, on: connection)) AS hit
            CROSS JOIN material
            CROSS JOIN course
            LEFT JOIN enrollment AS mine ON mine.course_id = course.id AND mine.student_id = \(reader.id)
            WHERE material.id = hit.id AND course.id = material.course_id AND hit.id > \(after) \(filter)\(within)
                AND \(mayRead)
            ORDER BY hit.id LIMIT \(limit)
            """
    }
}
