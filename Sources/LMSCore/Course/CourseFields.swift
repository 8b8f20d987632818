internal import LMSText

/// A field of a course that its teacher gives, by its key in JSON, in CSV and in course files. (In a course file the code is
/// `course`: it tells which one is meant.)
package enum CourseField: String, Sendable, CaseIterable {
    case title, code, description
    case releaseDate = "release_date"
    case enrollment
}

/// Fields of a course as somebody gives them, in a request or on a command line. What is not given is `nil`.
///
/// What there is to say of a field is said in this file: its key, its check, its default, and how it differs from another
/// value. Requests, command lines, course files, imports and exports all take it from here, so that a new field touches few
/// files.
package struct CourseFields: Codable, Sendable {
    package var title: String?
    package var code: CourseCode?
    /// Empty where the course is to have none.
    package var description: String?
    /// A day, `2027-01-11`.
    package var releaseDate: String?
    package var enrollment: EnrollmentPolicy?

    package init(
        title: String? = nil, code: CourseCode? = nil, description: String? = nil, releaseDate: String? = nil,
        enrollment: EnrollmentPolicy? = nil
    ) {
        self.title = title
        self.code = code
        self.description = description
        self.releaseDate = releaseDate
        self.enrollment = enrollment
    }

    package init(from decoder: any Decoder) throws {
        try self.init(from: decoder, needsTitle: false)
    }

    init(from decoder: any Decoder, needsTitle: Bool) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        title =
            needsTitle
            ? try container.decode(String.self, forKey: .title)
            : try container.decodeIfPresent(String.self, forKey: .title)
        code = try container.decodeIfPresent(CourseCode.self, forKey: .code)
        description = try container.decodeIfPresent(String.self, forKey: .description)
        releaseDate = try container.decodeIfPresent(String.self, forKey: .releaseDate)
        enrollment = try container.decodeIfPresent(EnrollmentPolicy.self, forKey: .enrollment)
    }

    enum CodingKeys: String, CodingKey {
        case title, code, description
        case releaseDate = "release_date"
        case enrollment
    }
}

extension CourseFields {
    /// The same fields, each of which keeps its rule, in the form that is stored.
    struct Checked: Sendable {
        var title: String?
        var code: CourseCode?
        /// Empty where the course is to have none.
        var description: String?
        var releaseDate: CalendarDate?
        var enrollment: EnrollmentPolicy?
    }

    /// - Throws: `LMSError` `invalid` or `tooLarge`, for the first field that breaks its rule.
    func checked() throws -> Checked {
        Checked(
            title: try title.map { try Title.checked($0) }, code: try code?.checked(),
            description: try description.map(Description.checked),
            releaseDate: try releaseDate.map(CalendarDate.checked), enrollment: enrollment)
    }
}

extension CourseFields.Checked {
    /// Takes a field as it stands in a file, where blanks around a code, a date or a word are no part of it.
    ///
    /// - Throws: `LMSError` `invalid` or `tooLarge` where the text breaks the field's rule.
    mutating func set(_ field: CourseField, to text: String) throws {
        switch field {
        case .title: title = try Title.checked(text)
        case .code: code = try CourseCode(text.trimmed).checked()
        case .description: description = try Description.checked(text)
        case .releaseDate: releaseDate = try CalendarDate.checked(text.trimmed)
        case .enrollment: enrollment = try EnrollmentPolicy.checked(text.trimmed)
        }
    }

    /// The course with these fields, and which of them are others than before. What is not given stays.
    func applied<Content: CourseContent>(to course: Content) -> (course: Content, changed: [CourseField]) {
        var course = course
        var changed: [CourseField] = []
        if let title, !title.isIdentical(to: course.title) {
            course.title = title
            changed.append(.title)
        }
        if let code, code != course.code {
            course.code = code
            changed.append(.code)
        }
        if let description, !description.isIdentical(to: course.description ?? "") {
            course.description = description.isEmpty ? nil : description
            changed.append(.description)
        }
        if let releaseDate, releaseDate != course.releaseDate {
            course.releaseDate = releaseDate
            changed.append(.releaseDate)
        }
        if let enrollment, course.enrollment != enrollment {
            course.enrollment = Told(enrollment)
            changed.append(.enrollment)
        }
        return (course, changed)
    }
}

/// What holds the fields of a course that its teacher gives.
protocol CourseContent {
    var title: String { get set }
    var code: CourseCode { get set }
    /// `nil` where there is none; never empty.
    var description: String? { get set }
    var releaseDate: CalendarDate { get set }
    var enrollment: Told<EnrollmentPolicy> { get set }
}

extension CourseContent {
    /// A field as a file has it; `nil` where there is none.
    func text(of field: CourseField) -> String? {
        switch field {
        case .title: title
        case .code: code.rawValue
        case .description: description
        case .releaseDate: releaseDate.description
        case .enrollment: enrollment.rawValue
        }
    }
}

/// What the row of a course holds besides its id.
struct CourseValues: CourseContent, Sendable {
    var title: String
    var code: CourseCode
    var teacherID: UserID
    var description: String?
    var releaseDate: CalendarDate
    var enrollment: Told<EnrollmentPolicy>
    /// Since when the course is read-only.
    var archivedAt: Instant?
}

extension CourseValues {
    /// A course that is to be made. What is not given has its default: no description, released today, open.
    ///
    /// - Parameter today: Is asked where no date is given.
    init(
        _ fields: CourseFields.Checked, title: String, code: CourseCode, teacher: UserID,
        today: () throws -> CalendarDate
    ) rethrows {
        self.init(
            title: title, code: code, teacherID: teacher,
            description: fields.description.flatMap { $0.isEmpty ? nil : $0 },
            releaseDate: try fields.releaseDate ?? today(), enrollment: Told(fields.enrollment ?? .open))
    }
}
