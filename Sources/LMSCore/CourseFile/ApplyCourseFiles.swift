/// Makes one's own courses what files say: all of it, or nothing.
package struct ApplyCourseFiles: UseCase {
    package var files: [CourseFile]
    /// Whether what a list does not name goes. Otherwise lists only add.
    package var prune: Bool?
    /// The digest of the plan that was agreed to.
    package var plan: String?

    package init(files: [CourseFile], prune: Bool? = nil, plan: String? = nil) {
        self.files = files
        self.prune = prune
        self.plan = plan
    }

    package func perform(on service: LocalService) async throws -> CoursePlan {
        let reading = try await service.reading(files)
        return try await service.write { context in
            let works = try CoursePlanner.plan(reading, prunes: prune ?? false, in: context)
            let answer = CoursePlan(works, in: context)
            if let plan, plan != answer.plan {
                throw LMSError(
                    .busy, "the courses were changed meanwhile, and this would do something else now",
                    hint: "Look at the plan again.")
            }
            for work in works { try work.perform(in: context) }
            return answer
        }
    }
}

/// Tells what applying files would change.
package struct DiffCourseFiles: UseCase {
    package var files: [CourseFile]
    /// Whether what a list does not name would go.
    package var prune: Bool?

    package init(files: [CourseFile], prune: Bool? = nil) {
        self.files = files
        self.prune = prune
    }

    package func perform(on service: LocalService) async throws -> CoursePlan {
        let reading = try await service.reading(files)
        return try await service.read { context in
            CoursePlan(try CoursePlanner.plan(reading, prunes: prune ?? false, in: context), in: context)
        }
    }
}

extension LocalService {
    /// Reads course files for a teacher, outside every transaction: that can take long.
    fileprivate func reading(_ files: [CourseFile]) async throws -> CourseFileReading {
        try await read { try Policy.requireMayOwnCourses($0.principal) }
        return try CourseFileReading(files)
    }
}

extension CoursePlan {
    fileprivate init(_ works: [CourseWork], in context: Context) {
        self.init(works.flatMap(\.changes).map { context.written($0.change, $0.outcome) })
    }
}
