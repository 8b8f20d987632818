internal import LMSCore

extension NewToken: Printable {
    static let columns: [Column<NewToken>] =
        NewSession.ownColumns.map { $0.within(\NewToken.session) } + [
            Column("token") { Cell($0.token?.secret) }
        ] + NewSession.scopeColumns.map { $0.within(\NewToken.session) }

    /// The secret: it is what the next command needs, and is shown this once.
    var identity: String? { token?.secret }
}
