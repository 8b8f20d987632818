internal import LMSDatabase
internal import LMSText

/// A person's name and number, each where there is one. In JSON they are members of the record that has them.
package struct PersonDetails: Sendable, Equatable {
    package var name: PersonName?
    package var number: PersonNumber?

    package init(name: PersonName? = nil, number: PersonNumber? = nil) {
        self.name = name
        self.number = number
    }

    enum CodingKeys: String, CodingKey {
        case name, number
    }
}

extension PersonDetails: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decodeIfPresent(PersonName.self, forKey: .name)
        number = try container.decodeIfPresent(PersonNumber.self, forKey: .number)
    }

    /// What is missing is written as null.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(orNull: name?.shown, forKey: .name)
        members.encode(orNull: number?.shown, forKey: .number)
    }
}

extension PersonDetails {
    /// Of a row that has the columns of `users`.
    init(_ row: Row) throws {
        self.init(name: try row["name"], number: try row["number"])
    }

    /// Whether what is stored is what lms would store.
    var isValid: Bool {
        guard number?.isValid != false else { return false }
        guard let name else { return true }
        return (try? name.checked()) == name
    }
}
