internal import LMSCore

extension DeletedUser: Printable {
    static let columns: [Column<DeletedUser>] =
        User.columns.map { $0.within(\.user) } + [Column("courses", .whole.spared(1)) { Cell($0.courses) }]

    var identity: String? { user.identity }
}
