internal import LMSCommandLine
internal import LMSCore

/// `lms material move <material>`
struct MaterialMove: ServiceCommand, WritingCommand {
    static let name = "move"
    static let summary = "Move a material before or behind another one, or to another course."
    static let details = """
        In another course, which you teach too, it comes to the end; only the owner takes a material out of a course.
        """
    static let examples = [
        "lms material move 7 --before 3", #"lms material move "Week 2" --course BIO-101 --after "Week 1""#,
        "lms material move 7 --to BIO-102",
    ]
    static var syntax: Syntax<Self> {
        [
            .group(\.which),
            .option("--before", \.before, takes: .text, value: "material", "The material that it comes before."),
            .option("--after", \.after, takes: .text, value: "material", "The material that it comes behind."),
            .option("--to", \.to, takes: .text, value: "course", "The course that it goes to."),
        ]
    }

    var which = MaterialOptions()
    var before: MaterialReference?
    var after: MaterialReference?
    var to: CourseReference?
    var isDryRun = false
    var options = GlobalOptions()

    func check() throws(LineMistake) {
        let given = [before != nil, after != nil, to != nil].count { $0 }
        guard given == 1 else {
            throw .refused(
                given == 0 ? "say where it goes: --before, --after or --to" : "give only one of --before, --after and --to")
        }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let (material, before, after) = (
            try await which.reference(on: service), try await which.sibling(before, on: service),
            try await which.sibling(after, on: service)
        )
        try context.printer.written(
            await service.perform(
                MoveMaterial(material: material, course: which.course, before: before, behind: after, to: to)))
    }
}
