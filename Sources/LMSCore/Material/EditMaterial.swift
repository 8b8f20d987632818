internal import LMSText

/// Changes a material. What is not given stays.
package struct EditMaterial: Mutation {
    package static var useCaseClass: UseCaseClass { .writesInCourse }

    package var material: MaterialReference
    /// The course that it must belong to, where one is named.
    package var course: CourseReference?
    package var fields: MaterialFields

    package init(material: MaterialReference, course: CourseReference? = nil, _ fields: MaterialFields) {
        self.material = material
        self.course = course
        self.fields = fields
    }

    package func perform(in context: Context) throws -> Written<Material> {
        let (current, course) = try context.material(material, under: course, on: context.transaction.calendar()) { course in
            try Policy.requireMayManage(course, context.principal, .write)
            return .all
        }
        let fields = try fields.checked(last: { try context.materials.lastPosition(in: current.course) })
        return try context.edit(current, fields, in: course)
    }

    enum CodingKeys: String, CodingKey {
        case material, course
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        material = try container.decode(MaterialReference.self, forKey: .material)
        course = try container.decodeIfPresent(CourseReference.self, forKey: .course)
        fields = try MaterialFields(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(material, forKey: .material)
        try container.encodeIfPresent(course, forKey: .course)
        try fields.encode(to: encoder)
    }
}

extension Context {
    /// Changes a material of a course that the principal teaches.
    func edit(_ current: Material, _ fields: MaterialFields.Checked, in course: Course) throws -> Written<Material> {
        var (edited, changed) = fields.applied(to: current)
        let calendar = try transaction.calendar()
        guard !changed.isEmpty else { return written(current.told(of: course, on: calendar), .unchanged) }
        // One that looks like another's from before stays as it is.
        if changed.contains(.title) { try requireFree(edited.title, in: course, besides: current.id) }
        if changed.contains(.description) { edited.dates.modifiedAt = now }
        try store(edited, over: current, changed)
        try audit(.editMaterial, course, subject: edited.title)
        return written(edited.told(of: course, on: calendar), .updated)
    }

    /// Stores a material that was changed: no more of it than is another than before.
    fileprivate func store(_ edited: Material, over current: Material, _ changed: [MaterialField]) throws {
        if changed.contains(.title) { try materials.updateTitle(of: edited) }
        if changed.contains(.description) {
            try materials.updateText(edited.description ?? "", of: edited.id, title: edited.title, at: now)
        }
        if changed.contains(where: MaterialPlanChange.fields.contains) {
            let isUnhidden = current.plan.isHidden && !edited.plan.isHidden
            try materials.update(edited.plan, of: edited.id, isUnhidden: isUnhidden, at: now)
        }
        if changed.contains(.position) { try materials.move(current, to: edited.position) }
    }
}
