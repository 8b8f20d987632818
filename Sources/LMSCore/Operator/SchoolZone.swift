internal import LMSText

/// The time zone of the school, in which its dates begin.
///
/// It is in the database, not in an environment: all programs that work on the database must agree on when something is released.
package struct SchoolZone: Codable, Sendable {
    /// As the IANA has it, an offset, or `UTC`.
    package let timezone: String

    init(_ zone: StoredZone?) {
        timezone = (zone?.zone ?? .utc).name
    }
}

/// Tells the time zone of the school.
package struct ShowSchoolZone: OperatorUseCase {
    package init() {}

    package func perform(on service: LocalService) async throws -> SchoolZone {
        try await service.readUnsigned { SchoolZone(try SchoolZoneRows(connection: $0.connection).stored()) }
    }
}

/// Changes the time zone of the school. Dates stay as they are written, and mean what the new zone says.
package struct SetSchoolZone: OperatorUseCase {
    private let name: String
    private let file: [UInt8]?

    /// - Parameter offset: From UTC: `+07:00`; or `UTC`.
    package init(offset: String) {
        (name, file) = (offset, nil)
    }

    /// - Parameters:
    ///   - name: As the IANA has it.
    ///   - file: What the zone database has of it, which is kept.
    package init(name: String, file: [UInt8]) {
        (self.name, self.file) = (name, file)
    }

    package func perform(on service: LocalService) async throws -> Written<SchoolZone> {
        // UTC, which is what holds without a row, has no file.
        let wanted = file == nil && name == Zone.utc.name ? nil : StoredZone(name: name, file: file)
        if let wanted, wanted.zone == nil { throw LMSError.noZone(name) }
        return try await service.writeUnsigned { transaction in
            let rows = SchoolZoneRows(connection: transaction.connection)
            let isOther = try rows.stored() != wanted
            if isOther {
                try rows.set(wanted)
                try transaction.auditOperator(.setZone, subject: name)
            }
            return transaction.written(SchoolZone(wanted), isOther ? .updated : .unchanged)
        }
    }
}

extension LMSError {
    /// What somebody wrote is no time zone.
    package static func noZone(_ text: String) -> LMSError {
        LMSError(
            .invalid, "there is no time zone \(quoted(text))",
            hint: "Write one as in Asia/Jakarta, or how far it is from UTC: +07:00")
    }
}
