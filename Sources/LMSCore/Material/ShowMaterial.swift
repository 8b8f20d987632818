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
        let calendar = try context.transaction.calendar()
        var visibility = MaterialVisibility.all
        var material = try context.material(material, under: course, on: calendar) { course in
            visibility = try Policy.requireMayReadMaterials(of: course, context.principal, on: calendar)
            return visibility
        }.material
        material.position = try context.materials(for: visibility, on: calendar).position(of: material)
        return material
    }
}

extension Context {
    /// Finds a material, and the course it belongs to, for somebody who may see it.
    ///
    /// Under a course, the right is asked before the material is looked for: who may not read a
    /// course's materials does not learn which there are.
    ///
    /// - Parameters:
    ///   - calendar: Tells what the dates of the material mean.
    ///   - permit: Throws, or tells which materials of the course there are for the principal.
    /// - Throws: `LMSError` `notFound`, or what `permit` throws.
    func material(
        _ reference: MaterialReference, under parent: CourseReference?, on calendar: SchoolCalendar,
        permit: (Course) throws -> MaterialVisibility
    ) throws -> (material: Material, course: Course) {
        if let parent {
            let course = try courses.find(parent)
            let visibility = try permit(course)
            guard let material = try find(reference), material.course == course.id, visibility.includes(material.plan) else {
                throw LMSError(
                    .notFound, "the course '\(course.code)' has no material \(quoted(reference.text))",
                    hint: "See its materials with: lms material list \(course.code)")
            }
            return (material.told(of: course, on: calendar), course)
        }
        guard let material = try find(reference), let course = try courses.find(material.course),
            try permit(course).includes(material.plan)
        else { throw missing(reference) }
        return (material.told(of: course, on: calendar), course)
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
