internal import LMSCore

extension EnrollmentKeyRecord: Printable {
    static let columns: [Column<EnrollmentKeyRecord>] = [
        Column("key", .whole) { Cell($0.key?.secret) },
        Column("expires_at", .whole) { Cell($0.expiresAt) },
        Column("uses", .whole) { Cell($0.uses) },
        Column("use_limit", .whole) { Cell(count: $0.useLimit) },
        Column("state", .whole) { Cell($0.state) },
    ]

    var identity: String? { key?.secret }
}
