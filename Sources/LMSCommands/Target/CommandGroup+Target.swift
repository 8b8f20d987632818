internal import LMSCommandLine

/// `lms target`
extension CommandGroup {
    static let target = CommandGroup(
        "target", "See and choose the database or server that commands act on.", examples: ["lms target list"],
        [TargetList.self, TargetUse.self])
}
