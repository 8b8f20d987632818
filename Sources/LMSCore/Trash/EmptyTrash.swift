/// Deletes for good what was taken away of one's own courses: some entries, all of them or none, or everything.
package struct EmptyTrash: UseCase {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    /// None at all: everything.
    package var entries: [TrashReference]?

    package init(entries: [TrashReference]? = nil) {
        self.entries = entries
    }

    package func perform(on service: LocalService) async throws -> Written<EmptiedTrash> {
        let written = try await service.write { context in
            try Policy.requireMayOwnCourses(context.principal)
            let count =
                try entries.map { try empty($0, in: context) }
                ?? context.trash.emptyAll(
                    of: context.principal.id, within: context.principal.limits.cut, since: context.earliestTrash())
            if count > 0 { try context.audit(.emptyTrash, subject: "\(count)") }
            return context.written(EmptiedTrash(entries: count), count == 0 ? .unchanged : .deleted)
        }
        if written.outcome == .deleted, !service.isDryRun { await service.workOffTrash() }
        return written
    }

    private func empty(_ references: [TrashReference], in context: Context) throws -> Int {
        try CourseRules.requireNameCount(references.count)
        var ids: Set<TrashID> = []
        for reference in references {
            let found = try context.trashEntry(reference)
            try Policy.requireMayEmpty(found, context.principal)
            if let course = try context.courses.find(found.course) { try Policy.requireOpen(course, to: .write) }
            ids.insert(found.entry.id)
        }
        for id in ids { try context.trash.empty(id) }
        return ids.count
    }
}

/// How much went for good.
package struct EmptiedTrash: Codable, Sendable {
    package let entries: Int
}
