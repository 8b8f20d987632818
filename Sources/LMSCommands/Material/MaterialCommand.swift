internal import ArgumentParser

/// `lms material`
struct MaterialCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "material", abstract: "Add, read and change the materials of a course.",
        discussion: """
            Example:
              lms material list BIO-101
            """,
        subcommands: [
            MaterialAdd.self, MaterialList.self, MaterialShow.self, MaterialEdit.self, MaterialDelete.self,
        ])
}
