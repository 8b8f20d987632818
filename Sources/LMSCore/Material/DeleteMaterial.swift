/// Deletes a material; those behind it move up.
package struct DeleteMaterial: Mutation {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    package var material: MaterialReference
    /// The course that it must belong to, where one is named.
    package var course: CourseReference?

    package init(material: MaterialReference, course: CourseReference? = nil) {
        self.material = material
        self.course = course
    }

    package func perform(in context: Context) throws -> Written<Material> {
        let (material, course) = try context.material(material, under: course) { course in
            try Policy.requireMayManage(course, context.principal)
            return .all
        }
        try context.materials.delete(material)
        try context.audit(.deleteMaterial, course, subject: material.title)
        return context.written(material, .deleted)
    }
}
