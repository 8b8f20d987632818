internal import LMSCommandLine

/// `lms roster`
extension CommandGroup {
    static let roster = CommandGroup(
        "roster", "See and change who is in a course of yours.", examples: ["lms roster list BIO-101"],
        [RosterList.self, RosterAdd.self, RosterApprove.self, RosterReject.self, RosterRemove.self])
}
