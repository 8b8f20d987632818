internal import LMSDatabase
package import LMSText

/// A course, as one viewer sees it.
package struct CourseRecord<ID: Sendable>: Sendable, CourseContent {
    package let id: ID
    package var code: CourseCode
    package var title: String
    /// The owner's username.
    package var teacher: Username
    package var releaseDate: CalendarDate
    package var enrollment: Told<EnrollmentPolicy>
    /// How many are enrolled; requests do not count.
    package var students: Int
    /// The viewer's own enrollment.
    package var status: Told<EnrollmentStatus>?
    package var teacherID: UserID
    package var description: String?
    /// How many requests to join wait, for its teachers; nobody else is told.
    package var pending: Int?
    /// What the viewer is in the course.
    package var role: Told<CourseRole>?
    /// The owner's name, which everybody sees.
    package var teacherName: PersonName?
    /// Since when the course is read-only; `nil` for one that is not archived.
    package var archivedAt: Instant?

    typealias CodingKeys = CourseKey
}

/// The keys of a course. Inside of the generic record they would be a type for each kind of id, which the runtime looks up for
/// each record of a list.
enum CourseKey: String, CodingKey {
    case id, code, title, teacher
    case releaseDate = "release_date"
    case enrollment, students, status
    case teacherID = "teacher_id"
    case description, pending, role
    case teacherName = "teacher_name"
    case archivedAt = "archived_at"
}

/// A course that is there.
package typealias Course = CourseRecord<CourseID>

/// A course that was just made: as a dry run tells it, it has no id.
package typealias NewCourse = CourseRecord<CourseID?>

extension CourseRecord: Codable where ID: RecordID {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try ID(from: container, forKey: .id)
        code = try container.decode(CourseCode.self, forKey: .code)
        title = try container.decode(String.self, forKey: .title)
        teacher = try container.decode(Username.self, forKey: .teacher)
        releaseDate = try container.decode(CalendarDate.self, forKey: .releaseDate)
        enrollment = try container.decode(Told<EnrollmentPolicy>.self, forKey: .enrollment)
        students = try container.decode(Int.self, forKey: .students)
        status = try container.decodeIfPresent(Told<EnrollmentStatus>.self, forKey: .status)
        teacherID = try container.decode(UserID.self, forKey: .teacherID)
        description = try container.decodeIfPresent(String.self, forKey: .description)
        pending = try container.decodeIfPresent(Int.self, forKey: .pending)
        role = try container.decodeIfPresent(Told<CourseRole>.self, forKey: .role)
        teacherName = try container.decodeIfPresent(PersonName.self, forKey: .teacherName)
        archivedAt = try container.decodeIfPresent(Instant.self, forKey: .archivedAt)
    }

    /// What is missing is written as null: a reader finds every key.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(orNull: id.number, forKey: .id)
        members.encode(code.rawValue, forKey: .code)
        members.encode(title, forKey: .title)
        members.encode(teacher.rawValue, forKey: .teacher)
        members.encode(releaseDate.description, forKey: .releaseDate)
        members.encode(enrollment.rawValue, forKey: .enrollment)
        members.encode(students, forKey: .students)
        members.encode(orNull: status?.rawValue, forKey: .status)
        members.encode(teacherID.rawValue, forKey: .teacherID)
        members.encode(orNull: description, forKey: .description)
        members.encode(orNull: pending.map { Int64($0) }, forKey: .pending)
        members.encode(orNull: role?.rawValue, forKey: .role)
        members.encode(orNull: teacherName?.shown, forKey: .teacherName)
        members.encode(orNull: archivedAt?.description, forKey: .archivedAt)
    }
}

extension CourseRecord {
    /// A course that was just made, as its teacher sees it.
    init(_ id: ID, _ values: CourseValues, of teacher: Principal, named name: PersonName?) {
        self.init(
            id: id, code: values.code, title: values.title, teacher: teacher.username,
            releaseDate: values.releaseDate, enrollment: values.enrollment, students: 0, status: nil,
            teacherID: values.teacherID, description: values.description, pending: 0, role: Told(.owner),
            teacherName: name)
    }
}

extension Course {
    /// The same as what making a course answers.
    var withOptionalID: NewCourse {
        NewCourse(
            id: id, code: code, title: title, teacher: teacher, releaseDate: releaseDate,
            enrollment: enrollment, students: students, status: status, teacherID: teacherID,
            description: description, pending: pending, role: role, teacherName: teacherName,
            archivedAt: archivedAt)
    }
}

/// How students get in.
package enum EnrollmentPolicy: String, Codable, Sendable, CaseIterable, ValueConvertible {
    /// At once.
    case open
    /// After the teacher's approval.
    case approval
    /// Only by the teacher's hand.
    case closed
    /// At once, with the course's key.
    case key

    /// - Throws: `LMSError` `invalid` where the text names none.
    static func checked(_ text: String) throws -> EnrollmentPolicy {
        guard let policy = EnrollmentPolicy(named: text) else {
            let choices = allCases.map(\.rawValue).joined(separator: ", ")
            throw LMSError(.invalid, "'enrollment' is one of \(choices), not \(quoted(text))")
        }
        return policy
    }
}

extension Told<EnrollmentPolicy> {
    /// What the row of the course has: its key stands in a table of its own.
    var stored: Self { self == .key ? Told(.closed) : self }
}

/// An id or a code.
package struct CourseReference: Reference {
    package let text: String
    package init(_ text: String) { self.text = text }

    var id: CourseID? { id(of: .course) }
}
