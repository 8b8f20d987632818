internal import LMSCommandLine
internal import LMSCore

/// Which material a command is about: by its id, or by its title in a course.
struct MaterialOptions: ArgumentGroup {
    static var syntax: Syntax<Self> {
        [
            .argument("material", \.material, "The material's id, or with --course its title."),
            .option("--course", \.course, takes: .text, value: "course", "The course that the material is in: its id or code."),
        ]
    }

    var material = MaterialReference("")
    var course: CourseReference?

    /// The material by its id. In a course, a title goes before an id that looks the same; `material:7` is
    /// always an id.
    ///
    /// - Throws: What listing the course's materials throws.
    func reference(on service: any LMSService) async throws -> MaterialReference {
        try await byID(material, on: service)
    }

    /// Another material of the course, as one of its own (`reference`).
    func sibling(_ other: MaterialReference?, on service: any LMSService) async throws -> MaterialReference? {
        guard let other else { return nil }
        return try await byID(other, on: service)
    }

    private func byID(_ material: MaterialReference, on service: any LMSService) async throws -> MaterialReference {
        guard let course else { return material }
        let titled = try await service.perform(
            ListMaterials(course: course, title: material.text, text: false))
        return titled.items.first.map { MaterialReference($0.id.description) } ?? material
    }
}
