/// Takes a material away; those behind it move up.
package struct DeleteMaterial: Mutation {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    package var material: MaterialReference
    /// The course that it must belong to, where one is named.
    package var course: CourseReference?

    package init(material: MaterialReference, course: CourseReference? = nil) {
        self.material = material
        self.course = course
    }

    package func perform(in context: Context) throws -> Written<DeletedMaterial> {
        let (material, course) = try context.material(material, under: course, on: context.transaction.calendar()) { course in
            try Policy.requireMayManage(course, context.principal, .write)
            return .all
        }
        let entry = try context.takeAway(material, of: course, context.materials)
        try context.materials.closeGap(of: material)
        try context.audit(.deleteMaterial, course, subject: material.title)
        return context.written(DeletedMaterial(material: material, trash: entry.flatMap { context.created($0) }), .deleted)
    }
}

/// A material that is gone. Encoded as the material's keys and `trash`.
package struct DeletedMaterial: Codable, Sendable {
    package let material: Material
    /// What brings it back (`RestoreTrash`); none in a dry run, and where nothing is kept.
    package let trash: TrashID?

    init(material: Material, trash: TrashID?) {
        self.material = material
        self.trash = trash
    }

    private enum CodingKeys: String, CodingKey {
        case trash
    }

    package init(from decoder: any Decoder) throws {
        material = try Material(from: decoder)
        trash = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(TrashID.self, forKey: .trash)
    }

    package func encode(to encoder: any Encoder) throws {
        try material.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(trash, forKey: .trash)
    }
}
