internal import LMSDatabase
internal import LMSText

/// Which of a course's materials somebody is shown who may read them.
///
/// The rule stands here twice, for a row that was read and for a statement; a test compares the two over random rows. Lists,
/// counts, positions, the search, news and exports have it from here: what is not out is not there for whoever asks.
enum MaterialVisibility: Sendable {
    /// The course's teachers see all.
    case all
    /// Students see what is no draft, and released by today, in the school's zone.
    case out(by: CalendarDate)

    func includes(_ plan: MaterialPlan) -> Bool {
        switch self {
        case .all: true
        case .out(let today): !plan.isHidden && plan.releaseDate.map { $0 <= today } ?? true
        }
    }

    /// The same of the table `material`, as a condition behind others.
    var condition: SQL {
        switch self {
        case .all: ""
        case .out(let today):
            " AND material.hidden = 0 AND (material.release_date IS NULL OR material.release_date <= \(today))"
        }
    }
}
