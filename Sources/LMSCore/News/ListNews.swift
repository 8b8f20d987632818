internal import LMSText

/// Lists what is new in the courses that one is in, newest first: for students what has become visible to them, was changed since,
/// and which requests were approved; for teachers who asked, joined and left, and which courses they were named a teacher of.
///
/// No row says who has read what. Each line follows from rows that have instants, so that it is the same for all who may see it.
package struct ListNews: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    /// From when on: a length of time before now (`7d`, which is meant where nothing is said), a date, or an instant.
    package var since: String?
    package var course: CourseReference?
    package var limit: Int?
    package var after: Cursor?

    package init(since: String? = nil, course: CourseReference? = nil, limit: Int? = nil, after: Cursor? = nil) {
        self.since = since
        self.course = course
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<NewsLine> {
        let behind = try after?.newsKey()
        let only = try course.map { try context.courses.find($0) }
        if let only { try Policy.requireIsIn(only, context.principal) }
        let request = try PageRequest(limit: limit, after: after)
        let window = try NewsWindow(since: since, until: context.now, on: context.transaction.calendar, behind: behind)
        return try context.news(of: only?.id).page(request, window)
    }
}
