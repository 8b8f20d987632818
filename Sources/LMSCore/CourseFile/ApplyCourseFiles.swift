/// Makes one's own courses what files say: all of it, or nothing.
package struct ApplyCourseFiles: UseCase {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

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

    /// Others wait only for the changes themselves. What is to be changed is found before, in a transaction that reads: so what
    /// is refused, or changes nothing, or is taken back, keeps nobody waiting. Only where something is to be done does a second
    /// transaction write, and it plans again as things are then. A dry run writes nothing at all.
    package func perform(on service: LocalService) async throws -> CoursePlan {
        let draft = try await service.draft(files, prunes: prune ?? false)
        try requireAgreement(on: draft.plan)
        guard draft.plan.hasChanges, !service.isDryRun else { return draft.plan }
        let answer = try await service.write { context in
            let works = try draft.works(in: context)
            let answer = CoursePlan(works, in: context)
            try requireAgreement(on: answer)
            let search = SearchWriting(texts: works.reduce(0) { $0 + $1.textBytes })
            for work in works { try work.perform(search, in: context) }
            return answer
        }
        await service.workOffSearchBacklog()
        return answer
    }

    private func requireAgreement(on answer: CoursePlan) throws {
        guard let plan, plan != answer.plan else { return }
        throw LMSError(
            .busy, "the courses were changed meanwhile, and this would do something else now",
            hint: "Look at the plan again.")
    }
}

/// Tells what applying files would change.
package struct DiffCourseFiles: UseCase {
    package static var useCaseClass: UseCaseClass { .reads }

    package var files: [CourseFile]
    /// Whether what a list does not name would go.
    package var prune: Bool?

    package init(files: [CourseFile], prune: Bool? = nil) {
        self.files = files
        self.prune = prune
    }

    package func perform(on service: LocalService) async throws -> CoursePlan {
        try await service.draft(files, prunes: prune ?? false).plan
    }
}

/// What files would change, as things were when it was looked at.
private struct CourseDraft: Sendable {
    let documents: CourseDocuments
    let directory: AccountDirectory
    let prunes: Bool
    let plan: CoursePlan

    /// What is to be done as things are now. Whoever was named is known already.
    func works(in context: Context) throws -> [CourseWork] {
        try CoursePlanner.plan(documents, directory, prunes: prunes, in: context)
    }
}

extension LocalService {
    /// Reads course files for a teacher, outside every transaction, for that can take long; then plans.
    fileprivate func draft(_ files: [CourseFile], prunes: Bool) async throws -> CourseDraft {
        try await read { try Policy.requireMayOwnCourses($0.principal) }
        let documents = try CourseDocuments(files)
        return try await read { context in
            let directory = try context.directory(of: documents.people)
            let works = try CoursePlanner.plan(documents, directory, prunes: prunes, in: context)
            return CourseDraft(
                documents: documents, directory: directory, prunes: prunes, plan: CoursePlan(works, in: context))
        }
    }
}

extension CoursePlan {
    fileprivate init(_ works: [CourseWork], in context: Context) {
        self.init(works.flatMap(\.changes).map { context.written($0.change, $0.outcome) })
    }
}
