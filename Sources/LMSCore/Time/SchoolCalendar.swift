internal import LMSText

/// What dates mean: they are those of the school's time zone. It is of one transaction, in which those who need it read the zone
/// once.
///
/// A date is kept as it was written, and has come when it is not after today. So no row is converted: the zone turns the instant of
/// the transaction into the school's date, and statements compare texts (`course.release_date <= today`).
struct SchoolCalendar {
    private let zone: Zone
    /// The last day that has begun in the school.
    let today: CalendarDate

    init(_ zone: Zone, at now: Instant) {
        self.zone = zone
        today = zone.today(at: now)
    }

    func hasCome(_ date: CalendarDate) -> Bool { date <= today }

    /// When a date begins.
    func start(of date: CalendarDate) -> Instant { zone.start(of: date) }

    /// When it is too late.
    func end(of due: DueDate) -> Instant { due.end(in: zone) }

    /// When a date begins, in the words of a message: `2027-01-11 00:00 Asia/Jakarta`.
    func beginning(of date: CalendarDate) -> String {
        "\(zone.local(zone.start(of: date))) \(zone.name)"
    }
}

extension Transaction {
    /// Reads the school's zone.
    func calendar() throws -> SchoolCalendar {
        SchoolCalendar(try SchoolZoneRows(connection: connection).zone(), at: now)
    }
}
