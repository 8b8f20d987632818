import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// What everybody finds new after each of many random acts, against a model of a few lines.
@Suite struct RandomNewsTests {
    private struct Lesson {
        let title: String
        var course: Int
        let created: Instant
        var isHidden = false
        var release = ""
        var unhidden: Instant?
        var modified: Instant?
    }

    private struct Room {
        var release = "2026-11-20"
        var beside: [String: Instant] = [:]
        /// Who is in it: `nil` where he has asked only.
        var enrolled: Set<String> = []
        var asking: Set<String> = []
        var approved: [String: Instant] = [:]
        var acts: [(at: Instant, kind: String, student: String)] = []
    }

    private let world: World
    private let courses: [CourseReference]
    private let owner: Person
    private let teachers: [Person]
    private let students: [Person]

    init() async throws {
        world = try World()
        _ = try await world.anyone.operate(SetSchoolZone(offset: "+07:00"))
        owner = try await world.teacher("owner")
        teachers = [try await world.teacher("t1"), try await world.teacher("t2")]
        students = [try await world.student("s1"), try await world.student("s2"), try await world.student("s3")]
        courses = [try await owner.makeCourse("c-0"), try await owner.makeCourse("c-1", enrollment: .approval)]
        for course in courses { _ = try await owner.perform(EditCourse(course: course, releaseDate: "2026-11-20")) }
    }

    private func reference(_ id: MaterialID) -> MaterialReference { MaterialReference(id.description) }

    /// The school is seven hours ahead of UTC.
    private let ahead = Lifetime(seconds: 7 * 3600)

    private var today: String { (world.now + ahead).description.prefix(10).description }

    private func visibleSince(_ lesson: Lesson, in rooms: [Room]) throws -> Instant? {
        let dates = [lesson.release, rooms[lesson.course].release].filter { !$0.isEmpty }
        guard !lesson.isHidden, dates.allSatisfy({ $0 <= today }) else { return nil }
        let starts = try dates.map { try #require(Instant("\($0)T00:00:00Z")) - ahead }
        return (starts + [lesson.created] + [lesson.unhidden].compactMap(\.self)).max()
    }

    private func expected(
        of person: Person, _ lessons: [MaterialID: Lesson], _ rooms: [Room]
    ) throws -> [String] {
        let name = person.username.rawValue
        var lines: [(at: Instant, text: String)] = []
        for (id, lesson) in lessons where rooms[lesson.course].enrolled.contains(name) {
            guard let visible = try visibleSince(lesson, in: rooms) else { continue }
            lines.append((visible, "material c-\(lesson.course) \(lesson.title) \(id)"))
            if let modified = lesson.modified, modified > visible {
                lines.append((modified, "change c-\(lesson.course) \(lesson.title) \(id)"))
            }
        }
        for (number, room) in rooms.enumerated() {
            if let approved = room.approved[name] { lines.append((approved, "approval c-\(number) c-\(number) ")) }
            if let named = room.beside[name] { lines.append((named, "teacher c-\(number) c-\(number) ")) }
            guard name == "owner" || room.beside[name] != nil else { continue }
            lines += room.acts.map { ($0.at, "\($0.kind) c-\(number) \($0.student) ") }
        }
        let since = world.now - .days(3)
        return lines.filter { $0.at >= since && $0.at <= world.now }.map { "\($0.at) \($0.text)" }
    }

    private func found(by person: Person) async throws -> [String] {
        var lines: [String] = []
        var after: Cursor?
        repeat {
            let page = try await person.perform(ListNews(since: "3d", limit: 4, after: after))
            lines += page.items.map { "\($0.at) \($0.kind) \($0.course) \($0.subject) \($0.id?.description ?? "")" }
            after = page.next
        } while after != nil
        return lines
    }

    @Test func `everybody finds what a model of a few lines says, in order, page by page`() async throws {
        var dice = SystemRandomNumberGenerator()
        var rooms = [Room(), Room()]
        var lessons: [MaterialID: Lesson] = [:]
        var lineCount = 0
        for step in 0..<400 {
            world.advance(by: Lifetime(seconds: Int64.random(in: 1...(Bool.random(using: &dice) ? 10 : 20_000), using: &dice)))
            let now = world.now
            let number = Int.random(in: 0...1, using: &dice)
            let course = courses[number]
            let student = try #require(students.randomElement(using: &dice))
            let name = student.username.rawValue
            let date = CalendarDate(daysSince1970: CalendarDate(of: now).daysSince1970 + Int64.random(in: -2...2, using: &dice))
                .description
            switch Int.random(in: 0..<14, using: &dice) {
            case 0, 1:
                var lesson = Lesson(title: "m\(step)", course: number, created: now)
                lesson.isHidden = Bool.random(using: &dice)
                lesson.release = Bool.random(using: &dice) ? date : ""
                let fields = MaterialFields(
                    title: lesson.title, description: "x", hidden: lesson.isHidden, releaseDate: lesson.release)
                let made = try await owner.perform(AddMaterial(course: course, fields)).record
                lessons[try #require(made.id)] = lesson
            case 2, 3:
                guard let id = lessons.keys.randomElement(using: &dice), var lesson = lessons[id] else { continue }
                if lesson.isHidden { lesson.unhidden = now }
                lesson.isHidden.toggle()
                _ = try await owner.perform(EditMaterial(material: reference(id), MaterialFields(hidden: lesson.isHidden)))
                lessons[id] = lesson
            case 4, 5:
                guard let id = lessons.keys.randomElement(using: &dice) else { continue }
                lessons[id]?.modified = now
                _ = try await owner.perform(EditMaterial(material: reference(id), MaterialFields(description: "\(step)")))
            case 6:
                guard let id = lessons.keys.randomElement(using: &dice) else { continue }
                lessons[id]?.release = date
                _ = try await owner.perform(EditMaterial(material: reference(id), MaterialFields(releaseDate: date)))
            case 7:
                guard let (id, lesson) = lessons.randomElement(using: &dice) else { continue }
                if Bool.random(using: &dice) {
                    _ = try await owner.perform(DeleteMaterial(material: reference(id)))
                    lessons[id] = nil
                } else {
                    _ = try await owner.perform(MoveMaterial(material: reference(id), to: courses[1 - lesson.course]))
                    lessons[id]?.course = 1 - lesson.course
                    lessons[id]?.unhidden = now
                }
            case 8:
                rooms[number].release = date
                _ = try await owner.perform(EditCourse(course: course, releaseDate: date))
            case 9, 10:
                let isIn = rooms[number].enrolled.contains(name) || rooms[number].asking.contains(name)
                let kind = isIn ? "leave" : number == 0 ? "join" : "request"
                if isIn {
                    _ = try await student.perform(LeaveCourse(course: course))
                    rooms[number].enrolled.remove(name)
                    rooms[number].asking.remove(name)
                    rooms[number].approved[name] = nil
                } else {
                    try await student.join(course)
                    if number == 0 { rooms[0].enrolled.insert(name) } else { rooms[1].asking.insert(name) }
                }
                rooms[number].acts.append((now, kind, name))
            case 11:
                _ = try await owner.perform(ApproveStudents(allOf: courses[1]))
                for name in rooms[1].asking { rooms[1].approved[name] = now }
                rooms[1].enrolled.formUnion(rooms[1].asking)
                rooms[1].asking = []
            case 12:
                guard !rooms[number].asking.contains(name), !rooms[number].enrolled.contains(name) else { continue }
                _ = try await owner.perform(AddStudents(course: course, usernames: [student.username]))
                rooms[number].enrolled.insert(name)
            default:
                let teacher = try #require(teachers.randomElement(using: &dice)).username
                if rooms[number].beside.removeValue(forKey: teacher.rawValue) != nil {
                    _ = try await owner.perform(RemoveTeachers(course: course, usernames: [teacher]))
                } else {
                    _ = try await owner.perform(AddTeachers(course: course, usernames: [teacher]))
                    rooms[number].beside[teacher.rawValue] = now
                }
            }
            for person in [owner] + teachers + students {
                let (found, expected) = (try await found(by: person), try expected(of: person, lessons, rooms))
                try #require(found.sorted() == expected.sorted(), "\(person.username), after act \(step)")
                let instants = found.map { $0.prefix(20) }
                #expect(instants == instants.sorted(by: >))
                lineCount += found.count
            }
        }
        #expect(lineCount > 1000)
    }
}
