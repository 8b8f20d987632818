internal import LMSDatabase
internal import LMSText

/// The `school_zone` table: the time zone of the school, in at most one row. Where there is none, it is UTC.
///
/// Besides the zone's name it holds what the operator's machine had in the zone's file: so no server and no command needs such
/// files, and a day begins at one instant for all of them, however old their own files are.
struct SchoolZoneRows {
    let connection: any Connection

    static let copied = CopiedTable("school_zone", "school_zone", ["id", "name", "file"], hasSequence: false)

    /// The zone that holds: UTC also where the stored one cannot be read.
    func zone() throws -> Zone {
        try stored()?.zone ?? .utc
    }

    func stored() throws -> StoredZone? {
        try connection.row("SELECT name, file FROM school_zone").map {
            StoredZone(name: try $0["name"], file: try $0["file"])
        }
    }

    func set(_ zone: StoredZone?) throws {
        try connection.execute("DELETE FROM school_zone")
        guard let zone else { return }
        try connection.execute("INSERT INTO school_zone (id, name, file) VALUES (1, \(zone.name), \(zone.file))")
    }
}

/// A zone as it is kept: the name, and the file of the zone database; an offset needs none.
struct StoredZone: Equatable {
    let name: String
    let file: [UInt8]?

    /// `nil` where it is none.
    var zone: Zone? {
        guard let file else { return Zone(offset: name) }
        return Zone.isName(name) ? Zone(name, file: file) : nil
    }
}
