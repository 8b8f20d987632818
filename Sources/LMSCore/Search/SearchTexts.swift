/// Searches the catalogue, and the materials that the caller may read.
package struct SearchTexts: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    package var words: String
    /// Only this course and its materials.
    package var course: CourseReference?
    package var limit: Int?
    package var after: Cursor?

    package init(
        words: String, course: CourseReference? = nil, limit: Int? = nil, after: Cursor? = nil
    ) {
        self.words = words
        self.course = course
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<SearchHit> {
        _ = try after?.rankedID(ranks: SearchRows.rankCount)
        let course = try course.map { try context.courses.find($0) }
        return try context.search.page(
            SearchWords(words), in: course?.id, PageRequest(limit: limit, after: after))
    }

    enum CodingKeys: String, CodingKey {
        case words = "q"
        case course, limit, after
    }
}
