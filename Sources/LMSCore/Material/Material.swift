package import LMSText

/// Something to read in a course.
package struct MaterialRecord<ID: Sendable>: Sendable {
    package let id: ID
    package var title: String
    /// Its number in the course's order, from 1.
    package var position: Int
    package var course: CourseID
    /// The text, byte for byte; absent where it was not asked for.
    package var description: String?
    /// The code of the course; none inside the core, where nobody is told.
    package var courseCode: CourseCode?
    package var plan = MaterialPlan()
    package var dates = MaterialDates()

    typealias CodingKeys = MaterialKey
}

/// The keys of a material, outside of the generic record for the reason that `CourseKey` has.
enum MaterialKey: String, CodingKey {
    case id, title, position, course, description
    case courseCode = "course_code"
    case section, hidden
    case releaseDate = "release_date"
    case due
    case dueAt = "due_at"
    case visibleFrom = "visible_from"
    case createdAt = "created_at"
    case modifiedAt = "modified_at"
}

/// The instants of a material.
package struct MaterialDates: Sendable {
    /// When it is due, in the school's zone.
    package var dueAt: Instant?
    /// From when on students can read it: it is out and so is its course. `nil` for a draft.
    package var visibleFrom: Instant?
    /// When it was added; `nil` for one from before this was noted.
    package var createdAt: Instant?
    /// When its text became another, or else when it was added.
    package var modifiedAt: Instant?

    package init() {}
}

/// A material that is there.
package typealias Material = MaterialRecord<MaterialID>

/// A material that was just made: as a dry run tells it, it has no id.
package typealias NewMaterial = MaterialRecord<MaterialID?>

extension MaterialRecord: Codable where ID: RecordID {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try ID(from: container, forKey: .id)
        title = try container.decode(String.self, forKey: .title)
        position = try container.decode(Int.self, forKey: .position)
        course = try container.decode(CourseID.self, forKey: .course)
        description = try container.decodeIfPresent(String.self, forKey: .description)
        courseCode = try container.decodeIfPresent(CourseCode.self, forKey: .courseCode)
        plan.section = try container.decodeIfPresent(String.self, forKey: .section)
        plan.isHidden = try container.decodeIfPresent(Bool.self, forKey: .hidden) ?? false
        plan.releaseDate = try container.decodeIfPresent(CalendarDate.self, forKey: .releaseDate)
        plan.due = try container.decodeIfPresent(DueDate.self, forKey: .due)
        dates.dueAt = try container.decodeIfPresent(Instant.self, forKey: .dueAt)
        dates.visibleFrom = try container.decodeIfPresent(Instant.self, forKey: .visibleFrom)
        dates.createdAt = try container.decodeIfPresent(Instant.self, forKey: .createdAt)
        dates.modifiedAt = try container.decodeIfPresent(Instant.self, forKey: .modifiedAt)
    }

    /// The id is written as null where it is missing, a text that was not asked for not at all.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(orNull: id.number, forKey: .id)
        members.encode(title, forKey: .title)
        members.encode(position, forKey: .position)
        members.encode(course.rawValue, forKey: .course)
        if let description { members.encode(description, forKey: .description) }
        members.encode(orNull: courseCode?.rawValue, forKey: .courseCode)
        members.encode(orNull: plan.section, forKey: .section)
        members.encode(plan.isHidden, forKey: .hidden)
        members.encode(orNull: plan.releaseDate?.description, forKey: .releaseDate)
        members.encode(orNull: plan.due?.description, forKey: .due)
        members.encode(orNull: dates.dueAt?.description, forKey: .dueAt)
        members.encode(orNull: dates.visibleFrom?.description, forKey: .visibleFrom)
        members.encode(orNull: dates.createdAt?.description, forKey: .createdAt)
        members.encode(orNull: dates.modifiedAt?.description, forKey: .modifiedAt)
    }
}

extension MaterialRecord {
    /// A material that was just made.
    init(_ id: ID, _ values: MaterialValues, in course: Course, on calendar: SchoolCalendar) {
        self.init(
            id: id, title: values.title, position: values.position, course: values.course,
            description: values.description, plan: values.plan)
        dates.createdAt = values.createdAt
        dates.modifiedAt = values.createdAt
        tell(of: course, on: calendar)
    }
}

extension MaterialRecord {
    /// Adds what is told besides the row: the code of its course, and what its dates mean.
    mutating func tell(of course: Course, on calendar: SchoolCalendar) {
        courseCode = course.code
        dates.dueAt = plan.due.map(calendar.end)
        dates.visibleFrom =
            plan.isHidden ? nil : calendar.start(of: max(course.releaseDate, plan.releaseDate ?? course.releaseDate))
    }

    /// The same, told.
    func told(of course: Course, on calendar: SchoolCalendar) -> Self {
        var told = self
        told.tell(of: course, on: calendar)
        return told
    }
}

extension Material {
    /// The same as what making a material answers.
    var withOptionalID: NewMaterial {
        NewMaterial(
            id: id, title: title, position: position, course: course, description: description, courseCode: courseCode,
            plan: plan, dates: dates)
    }
}

/// The id of a material as somebody wrote it.
package struct MaterialReference: Reference {
    package let text: String
    package init(_ text: String) { self.text = text }

    var id: MaterialID? { id(of: .material) }
}
