internal import LMSText

/// Shows one material.
package struct ShowMaterial: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    package var material: MaterialReference
    /// The course that it must belong to, where one is named.
    package var course: CourseReference?

    package init(material: MaterialReference, course: CourseReference? = nil) {
        self.material = material
        self.course = course
    }

    package func perform(in context: Context) throws -> Material {
        try context.material(material, under: course) { course in
            try Policy.requireMayReadMaterials(of: course, context.principal, at: context.now)
        }.material
    }
}

extension Context {
    /// Finds a material, and the course it belongs to, for somebody who may see it.
    ///
    /// Under a course, the right is asked before the material is looked for: who may not read a
    /// course's materials does not learn which there are.
    ///
    /// - Throws: `LMSError` `notFound`, or what `permit` throws.
    func material(
        _ reference: MaterialReference, under parent: CourseReference?,
        permit: (Course) throws -> Void
    ) throws -> (material: Material, course: Course) {
        if let parent {
            let course = try courses.find(parent)
            try permit(course)
            guard let material = try find(reference), material.course == course.id else {
                throw LMSError(
                    .notFound, "the course '\(course.code)' has no material \(quoted(reference.text))",
                    hint: "See its materials with: lms material list \(course.code)")
            }
            return (material.named(by: course), course)
        }
        guard let material = try find(reference), let course = try courses.find(material.course)
        else { throw missing(reference) }
        try permit(course)
        return (material.named(by: course), course)
    }

    private func find(_ reference: MaterialReference) throws -> Material? {
        try reference.id.flatMap { try materials.find($0) }
    }

    private func missing(_ reference: MaterialReference) -> LMSError {
        LMSError(
            .notFound, "there is no material \(quoted(reference.text))",
            hint: reference.id == nil
                ? "If it is a title, name the course too: --course COURSE"
                : "See a course's materials with: lms material list COURSE")
    }
}
