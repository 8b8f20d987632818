/// What a write did to a record.
package enum Outcome: String, Codable, Sendable, CaseIterable {
    case created
    case updated
    case unchanged
    case deleted
}

extension Sequence<Outcome> {
    /// How many things were changed, and how: `2 created, 1 deleted`. Empty where everything is unchanged.
    package var summary: String {
        [Outcome.created, .updated, .deleted].compactMap { outcome in
            let count = count { $0 == outcome }
            return count > 0 ? "\(count) \(outcome.rawValue)" : nil
        }.joined(separator: ", ")
    }
}

/// A record that was written, and what became of it. Encoded as the record's keys, then `outcome`, and
/// `dry_run` where everything was taken back.
///
/// What became of a thing is not part of the thing, so no record has a field for it.
package struct Written<Record: Sendable>: Sendable {
    package let record: Record
    package let outcome: Told<Outcome>
    package let isDryRun: Bool

    package init(record: Record, outcome: Outcome, isDryRun: Bool) {
        self.record = record
        self.outcome = Told(outcome)
        self.isDryRun = isDryRun
    }

    /// What became of it, told of another record.
    init<Other>(_ record: Record, as other: Written<Other>) {
        self.record = record
        outcome = other.outcome
        isDryRun = other.isDryRun
    }

    private enum CodingKeys: String, CodingKey {
        case outcome
        case isDryRun = "dry_run"
    }
}

extension Written: Decodable where Record: Decodable {
    package init(from decoder: any Decoder) throws {
        record = try Record(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        outcome = try container.decode(Told<Outcome>.self, forKey: .outcome)
        isDryRun = try container.decodeIfPresent(Bool.self, forKey: .isDryRun) ?? false
    }
}

extension Written: Encodable where Record: Encodable {
    package func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(outcome.rawValue, forKey: .outcome)
        if isDryRun { try container.encode(true, forKey: .isDryRun) }
    }
}
