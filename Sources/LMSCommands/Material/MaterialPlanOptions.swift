internal import LMSCommandLine
internal import LMSCore

/// The heading of a material, whether it is a draft, and its dates.
struct MaterialPlanOptions: ArgumentGroup {
    static var syntax: Syntax<Self> {
        [
            .option("--section", \.section, takes: .text, "The heading that it stands under; '' for none."),
            .flag("--hidden", at: \.hidden, "A draft: only the course's teachers see it."),
            .flag("--visible", at: \.visible, "No draft: its students see it."),
            .option(
                "--release-date", \.releaseDate, takes: .text, value: "YYYY-MM-DD",
                "The day from which students see it; '' for none of its own."),
            .option(
                "--due", \.due, takes: .text, value: "when",
                "Until when: a day, or YYYY-MM-DDTHH:MM; '' for never."),
        ]
    }

    var section: String?
    var hidden = false
    var visible = false
    var releaseDate: String?
    var due: String?

    func check() throws(LineMistake) {
        guard !hidden || !visible else { throw .refused("give only one of --hidden and --visible") }
    }

    var isGiven: Bool { section != nil || hidden || visible || releaseDate != nil || due != nil }

    /// - Parameters: What is given apart.
    func fields(title: String? = nil, description: String? = nil, position: Int? = nil) -> MaterialFields {
        MaterialFields(
            title: title, description: description, position: position, section: section,
            hidden: hidden ? true : visible ? false : nil, releaseDate: releaseDate, due: due)
    }
}
