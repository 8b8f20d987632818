internal import LMSCommandLine

/// `lms material`
extension CommandGroup {
    static let material = CommandGroup(
        "material", "Add, read and change the materials of a course.", examples: ["lms material list BIO-101"],
        [MaterialAdd.self, MaterialList.self, MaterialShow.self, MaterialEdit.self, MaterialMove.self, MaterialDelete.self])
}
