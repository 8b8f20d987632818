internal import LMSCore

extension TokenScope: Printable {
    static let columns: [Column<TokenScope>] = [
        Column("read_only", .whole.spared(2)) { .boolean($0.isReadOnly) },
        Column("courses", .text.spared(3)) { $0.courses.map { .list($0.map(\.rawValue)) } ?? .null },
    ]

    var identity: String? { nil }
}
