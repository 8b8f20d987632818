internal import LMSText

/// A field of a material that a teacher gives, by its key in JSON, in CSV and in course files. (In a course file the order of
/// the list is the position.)
package enum MaterialField: String, Sendable {
    case title, description, position, section, hidden
    case releaseDate = "release_date"
    case due
}

/// Fields of a material as somebody gives them, in a request or on a command line. What is not given is `nil`.
package struct MaterialFields: Codable, Sendable {
    package var title: String?
    package var description: String?
    /// From 1; the others of the course shift.
    package var position: Int?
    /// The heading; empty: none.
    package var section: String?
    /// Whether it is a draft.
    package var hidden: Bool?
    /// A day, `2027-01-11`; empty: none of its own.
    package var releaseDate: String?
    /// A day, or a minute of one, `2027-02-01T23:59`; empty: never.
    package var due: String?

    package init(
        title: String? = nil, description: String? = nil, position: Int? = nil, section: String? = nil, hidden: Bool? = nil,
        releaseDate: String? = nil, due: String? = nil
    ) {
        self.title = title
        self.description = description
        self.position = position
        self.section = section
        self.hidden = hidden
        self.releaseDate = releaseDate
        self.due = due
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        title = try container.decodeIfPresent(String.self, forKey: .title)
        description = try container.decodeIfPresent(String.self, forKey: .description)
        position = try container.decodeIfPresent(Int.self, forKey: .position)
        try decodePlan(container)
    }

    /// Of a material that is to be made: it needs a text, and comes to the end of its course.
    ///
    /// - Parameter needsDescription: Whether there must be a text.
    init(ofNewFrom decoder: any Decoder, needsDescription: Bool) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        title = try container.decodeIfPresent(String.self, forKey: .title)
        description =
            needsDescription
            ? try container.decode(String.self, forKey: .description)
            : try container.decodeIfPresent(String.self, forKey: .description)
        try decodePlan(container)
    }

    private mutating func decodePlan(_ container: KeyedDecodingContainer<CodingKeys>) throws {
        section = try container.decodeIfPresent(String.self, forKey: .section)
        hidden = try container.decodeIfPresent(Bool.self, forKey: .hidden)
        releaseDate = try container.decodeIfPresent(String.self, forKey: .releaseDate)
        due = try container.decodeIfPresent(String.self, forKey: .due)
    }

    enum CodingKeys: String, CodingKey {
        case title, description, position, section, hidden
        case releaseDate = "release_date"
        case due
    }
}

extension MaterialFields {
    /// The same fields, each of which keeps its rule, in the form that is stored.
    struct Checked: Sendable {
        var title: String?
        var description: String?
        var position: Int?
        var plan: MaterialPlanChange
    }

    /// - Parameter last: Finds the last position of the course, where one is given.
    /// - Throws: `LMSError` `invalid` or `tooLarge`, for the first field that breaks its rule.
    func checked(last: () throws -> Int) throws -> Checked {
        Checked(
            title: try title.map { try Title.checked($0) },
            description: try description.map(Description.checked),
            position: try position.map { try Self.checked($0, last: try last()) }, plan: try plan())
    }

    private func plan() throws -> MaterialPlanChange {
        var plan = MaterialPlanChange()
        if let section { try plan.set(.section, to: section) }
        plan.isHidden = hidden
        if let releaseDate { try plan.set(.releaseDate, to: releaseDate) }
        if let due { try plan.set(.due, to: due) }
        return plan
    }

    private static func checked(_ position: Int, last: Int) throws -> Int {
        guard (1...max(1, last)).contains(position) else {
            throw LMSError(.invalid, "there is no position \(position): the course has 1 to \(last)")
        }
        return position
    }
}

extension MaterialFields.Checked {
    /// The material with these fields, and which of them are others than before. What is not given
    /// stays.
    func applied(to material: Material) -> (material: Material, changed: [MaterialField]) {
        var material = material
        var changed: [MaterialField] = []
        if let title, !title.isIdentical(to: material.title) {
            material.title = title
            changed.append(.title)
        }
        if let description, !description.isIdentical(to: material.description ?? "") {
            material.description = description
            changed.append(.description)
        }
        if let position, position != material.position {
            material.position = position
            changed.append(.position)
        }
        let (plan, changedOfPlan) = plan.applied(to: material.plan)
        material.plan = plan
        return (material, changed + changedOfPlan)
    }
}

/// What the row of a material holds besides its id.
struct MaterialValues: Sendable {
    var course: CourseID
    var title: String
    /// What `MaterialRows.titleKey` makes of the title.
    var titleKey: String?
    var description: String
    var position: Int
    var plan: MaterialPlan
    var createdAt: Instant
}
