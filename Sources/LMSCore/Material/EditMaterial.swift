/// Changes a material. What is not given stays.
package struct EditMaterial: Mutation {
    package var material: MaterialReference
    /// The course that it must belong to, where one is named.
    package var course: CourseReference?
    package var title: String?
    package var description: String?
    /// The new place in the course's order, from 1; the others shift.
    package var position: Int?

    package init(
        material: MaterialReference, course: CourseReference? = nil, title: String? = nil,
        description: String? = nil, position: Int? = nil
    ) {
        self.material = material
        self.course = course
        self.title = title
        self.description = description
        self.position = position
    }

    package func perform(in context: Context) throws -> Written<Material> {
        let (current, course) = try context.material(material, under: course) { course in
            try Policy.requireMayManage(course, context.principal)
        }
        var edited = current
        if let title { edited.title = try Title.checked(title) }
        if let description { edited.description = try Description.checked(description) }
        if let position { edited.position = try checked(position, current, in: context) }

        let isRewritten =
            !edited.title.isIdentical(to: current.title)
            || !(edited.description ?? "").isIdentical(to: current.description)
        guard isRewritten || edited.position != current.position else {
            return context.written(current, .unchanged)
        }
        // One that looks like another's from before stays as it is.
        if !edited.title.isIdentical(to: current.title) {
            try context.requireFree(edited.title, in: course, besides: current.id)
        }
        if isRewritten { try context.materials.update(edited) }
        if edited.position != current.position {
            try context.materials.move(current, to: edited.position)
        }
        try context.audit(.editMaterial, course, subject: edited.title)
        return context.written(edited, .updated)
    }

    private func checked(_ position: Int, _ material: Material, in context: Context) throws -> Int {
        let last = try context.materials.lastPosition(in: material.course)
        guard (1...max(1, last)).contains(position) else {
            throw LMSError(.invalid, "there is no position \(position): the course has 1 to \(last)")
        }
        return position
    }
}
