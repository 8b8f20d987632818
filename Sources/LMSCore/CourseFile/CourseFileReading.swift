/// What a course file says, behind those before it.
struct CourseFileReading: Sendable {
    let documents: [CourseDocument]
    /// What it and those before it brought.
    let tally: CourseFileTally

    /// The same behind other files, where this one was read as the first of an act.
    ///
    /// - Returns: `nil` where something is wrong in it, or all together are too much: only who reads it again knows where.
    func following(_ others: CourseFileTally) -> CourseFileReading? {
        others.joined(with: tally).map { CourseFileReading(documents: documents, tally: $0) }
    }
}
