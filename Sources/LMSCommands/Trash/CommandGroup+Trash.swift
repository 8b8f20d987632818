internal import LMSCommandLine

/// `lms trash`
extension CommandGroup {
    static let trash = CommandGroup(
        "trash", "See and bring back what was taken away lately.", examples: ["lms trash list", "lms trash restore 12"],
        [TrashList.self, TrashRestore.self, TrashEmpty.self])
}
