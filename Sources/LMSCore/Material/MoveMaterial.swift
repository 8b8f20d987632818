/// Moves a material before or behind another one of its course, or to the end of another course.
package struct MoveMaterial: Mutation {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    package var material: MaterialReference
    /// The course that it must belong to, where one is named.
    package var course: CourseReference?
    /// One of these three: the material that it comes before, or behind, or the course that it goes to.
    package var before: MaterialReference?
    package var behind: MaterialReference?
    package var to: CourseReference?

    package init(
        material: MaterialReference, course: CourseReference? = nil, before: MaterialReference? = nil,
        behind: MaterialReference? = nil, to: CourseReference? = nil
    ) {
        self.material = material
        self.course = course
        self.before = before
        self.behind = behind
        self.to = to
    }

    enum CodingKeys: String, CodingKey {
        case material, course, before
        case behind = "after"
        case to
    }

    package func perform(in context: Context) throws -> Written<Material> {
        let (current, course) = try context.material(material, under: course, on: context.transaction.calendar()) { course in
            try Policy.requireMayManage(course, context.principal, .write)
            return .all
        }
        switch (before, behind, to) {
        case (let mark?, nil, nil): return try move(current, course, before: try neighbor(mark, of: course, context), context)
        case (nil, let mark?, nil): return try move(current, course, behind: try neighbor(mark, of: course, context), context)
        case (nil, nil, let target?): return try move(current, course, to: target, context)
        default:
            throw LMSError(.usage, "say where the material goes", hint: "Give one of --before, --after and --to.")
        }
    }

    private func neighbor(_ mark: MaterialReference, of course: Course, _ context: Context) throws -> Material {
        try context.material(
            mark, under: CourseReference(course.id.description), on: context.transaction.calendar()
        ) { _ in .all }.material
    }

    // MARK: - Within its course

    private func move(_ current: Material, _ course: Course, before mark: Material, _ context: Context) throws -> Written<Material>
    {
        try move(current, course, to: current.position < mark.position ? mark.position - 1 : mark.position, context)
    }

    private func move(_ current: Material, _ course: Course, behind mark: Material, _ context: Context) throws -> Written<Material>
    {
        try move(current, course, to: current.position > mark.position ? mark.position + 1 : mark.position, context)
    }

    private func move(_ current: Material, _ course: Course, to position: Int, _ context: Context) throws -> Written<Material> {
        // Before or behind itself it is already.
        guard position != current.position, before?.id != current.id, behind?.id != current.id else {
            return context.written(current, .unchanged)
        }
        try context.materials.move(current, to: position)
        try context.audit(.moveMaterial, course, subject: current.title)
        var moved = current
        moved.position = position
        return context.written(moved, .updated)
    }

    // MARK: - To another course

    private func move(_ current: Material, _ course: Course, to target: CourseReference, _ context: Context) throws -> Written<
        Material
    > {
        try Policy.requireMayMoveOut(of: course, context.principal)
        let target = try context.courses.find(target)
        try Policy.requireMayManage(target, context.principal, .write)
        guard target.id != course.id else { return context.written(current, .unchanged) }
        try context.requireFree(current.title, in: target)
        let position = try context.materials.nextPosition(in: target.id)
        try context.requireRoom(forMaterials: position, in: target)
        try context.materials.move(current, to: target.id, at: position, now: context.now)
        for log in [course, target] { try context.audit(.moveMaterial, log, subject: current.title) }
        var moved = current
        (moved.course, moved.position) = (target.id, position)
        return context.written(try moved.told(of: target, on: context.transaction.calendar()), .updated)
    }
}
