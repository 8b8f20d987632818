internal import LMSCore

extension Written: Printable where Record: Printable {
    static var columns: [Column<Written<Record>>] { Record.columns.map { $0.within(\.record) } }
    var identity: String? { record.identity }
}
