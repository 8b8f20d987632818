internal import LMSDatabase
package import LMSText

/// The key of a course, as its teachers see it.
package struct EnrollmentKeyRecord: Codable, Sendable {
    /// None where a dry run would have made it.
    package let key: EnrollmentKey?
    /// When it ends; `nil`: never.
    package let expiresAt: Instant?
    /// How many joined with it.
    package let uses: Int
    /// How many may; `nil`: as many as like.
    package let useLimit: Int?
    /// One of `EnrollmentKeyState`'s; a newer server may know more of them.
    package let state: String

    /// `nil` where a newer server knows another state.
    package var knownState: EnrollmentKeyState? { EnrollmentKeyState(rawValue: state) }

    enum CodingKeys: String, CodingKey {
        case key
        case expiresAt = "expires_at"
        case uses
        case useLimit = "use_limit"
        case state
    }

    init(_ row: EnrollmentKeyRow, key: EnrollmentKey?, at now: Instant) {
        self.key = key
        expiresAt = row.expiresAt
        uses = row.uses
        useLimit = row.useLimit
        state = row.state(at: now).rawValue
    }

    /// What is missing is written as null: a reader finds every key.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(orNull: key?.secret, forKey: .key)
        members.encode(orNull: expiresAt?.description, forKey: .expiresAt)
        members.encode(uses, forKey: .uses)
        members.encode(orNull: useLimit.map { Int64($0) }, forKey: .useLimit)
        members.encode(state, forKey: .state)
    }
}

/// Whether a key opens its course.
package enum EnrollmentKeyState: String {
    case active
    /// The course has another way in by now.
    case asleep
    case disabled, expired
    case usedUp = "used_up"
}
