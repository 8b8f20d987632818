internal import LMSText

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

    typealias CodingKeys = MaterialKey
}

/// The keys of a material, outside of the generic record for the reason that `CourseKey` has.
enum MaterialKey: String, CodingKey {
    case id, title, position, course, description
    case courseCode = "course_code"
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
    }
}

extension MaterialRecord {
    /// A material that was just made.
    init(_ id: ID, _ values: MaterialValues, in course: Course) {
        self.init(
            id: id, title: values.title, position: values.position, course: values.course,
            description: values.description, courseCode: course.code)
    }
}

extension Material {
    /// The same with the code of its course.
    func named(by course: Course) -> Material {
        var named = self
        named.courseCode = course.code
        return named
    }
}

/// The id of a material as somebody wrote it.
package struct MaterialReference: Reference {
    package let text: String
    package init(_ text: String) { self.text = text }

    var id: MaterialID? { id(of: .material) }
}
