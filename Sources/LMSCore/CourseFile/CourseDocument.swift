internal import LMSText

/// One course as a file wants it. What is not said stays as it is.
struct CourseDocument: Sendable {
    /// Which course is meant.
    let code: Located<CourseCode>
    /// Without the code: it names the course, and does not change.
    var fields: CourseFields.Checked
    /// Who teaches it beside its owner.
    var teachers: Located<[Located<Username>]>?
    var students: [Located<Username>]?
    /// In their order.
    var materials: [MaterialDocument]?

    /// The fields of a course that are keys of its document, in the order in which they are written.
    static let fields = CourseField.allCases.filter { $0 != .code }

    /// A key of a course's document.
    enum Key: RawRepresentable, CaseIterable, Hashable {
        /// The code, which tells the course that is meant.
        case course
        case field(CourseField)
        /// A file that has the description.
        case descriptionFile
        case teachers, students, materials

        static let allCases: [Key] =
            [.course] + fields.flatMap { $0 == .description ? [.field($0), .descriptionFile] : [.field($0)] }
            + [.teachers, .students, .materials]

        init?(rawValue: String) {
            guard let key = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = key
        }

        var rawValue: String {
            switch self {
            case .course: "course"
            case .field(let field): field.rawValue
            case .descriptionFile: "description_file"
            case .teachers: "teachers"
            case .students: "students"
            case .materials: "materials"
            }
        }
    }
}

/// One material as a file wants it.
struct MaterialDocument: Sendable {
    /// Which material is meant.
    var title: Located<String>
    /// What is stored of the title's key. It takes longer than all else about a material, so it is made while nobody
    /// waits.
    let titleKey: String?
    var text: String?
    var plan = MaterialPlanChange()
}
