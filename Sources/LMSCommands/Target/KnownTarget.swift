internal import LMSCore

/// A target that somebody has signed in to.
struct KnownTarget: Printable {
    let target: String
    let username: Username?
    let isCurrent: Bool

    static let columns: [Column<KnownTarget>] = [
        Column("target") { Cell($0.target) },
        Column("username", .name.spared(1)) { Cell($0.username) },
        Column("current", .whole) { .boolean($0.isCurrent) },
    ]

    var identity: String? { target }
}
