package import LMSText

/// Under which heading a material stands, when it reaches students, and until when they are to be done with it.
package struct MaterialPlan: Sendable, Equatable {
    /// The heading; never empty.
    package var section: String?
    /// A draft: for the course's teachers alone.
    package var isHidden = false
    /// Students get the material from then on, but not before the course's own date.
    package var releaseDate: CalendarDate?
    package var due: DueDate?

    package init() {}
}

/// Fields of a plan as somebody gives them, each of which keeps its rule. What is not given is `nil`.
struct MaterialPlanChange: Sendable {
    /// Empty where the material is to stand under no heading.
    var section: String?
    var isHidden: Bool?
    /// `.some(nil)` where there is to be none.
    var releaseDate: CalendarDate??
    /// `.some(nil)` where there is to be none.
    var due: DueDate??

    /// The fields of a plan, in the order in which they are written.
    static let fields: [MaterialField] = [.section, .hidden, .releaseDate, .due]

    /// Takes a field as it stands in a file or a request; an empty text takes away what there is.
    ///
    /// - Throws: `LMSError` `invalid` where the text breaks the field's rule.
    mutating func set(_ field: MaterialField, to text: String) throws {
        switch field {
        case .section: section = text.isEmpty ? "" : try Title.checked(text, of: "section")
        case .hidden: isHidden = try Self.flag(text)
        case .releaseDate: releaseDate = .some(text.isEmpty ? nil : try CalendarDate.checked(text))
        case .due: due = .some(text.isEmpty ? nil : try DueDate.checked(text))
        case .title, .description, .position: break
        }
    }

    private static func flag(_ text: String) throws -> Bool {
        switch text {
        case "true", "yes": true
        case "false", "no", "": false
        default: throw LMSError(.invalid, "'hidden' is true or false, not \(quoted(text))")
        }
    }

    /// The plan with these fields, and which of them are others than before. What is not given stays.
    func applied(to plan: MaterialPlan) -> (plan: MaterialPlan, changed: [MaterialField]) {
        var plan = plan
        var changed: [MaterialField] = []
        if let section, !section.isIdentical(to: plan.section ?? "") {
            plan.section = section.isEmpty ? nil : section
            changed.append(.section)
        }
        if let isHidden, isHidden != plan.isHidden {
            plan.isHidden = isHidden
            changed.append(.hidden)
        }
        if let releaseDate, releaseDate != plan.releaseDate {
            plan.releaseDate = releaseDate
            changed.append(.releaseDate)
        }
        if let due, due != plan.due {
            plan.due = due
            changed.append(.due)
        }
        return (plan, changed)
    }
}
