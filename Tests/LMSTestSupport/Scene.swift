package import LMSCore

/// A released, open course with two materials and two teachers, and everybody who may ask.
package struct Scene: Sendable {
    package let world: World
    package let course: CourseReference = "bio-101"
    package let material: MaterialReference
    /// The one behind it.
    package let second: MaterialReference
    package let people: [Asker: Person]

    package init() async throws {
        world = try World()
        let owner = try await world.teacher("owner")
        let outside = try await world.student("outside")
        let inside = try await world.student("inside")
        let (beside, asking) = (try await world.teacher("beside"), try await world.student("asking"))
        let course = try await owner.makeCourse(course.text)
        let another = try await owner.makeCourse("another", title: "Another")
        people = [
            .s0: outside, .s1: inside, .to: owner, .tx: try await world.teacher("other"), .tc: beside, .sp: asking,
            .toReadOnly: try await owner.with(CreateToken(label: "reads", isReadOnly: true)),
            .toCut: try await owner.with(CreateToken(label: "one", courses: [course])),
            .toElsewhere: try await owner.with(CreateToken(label: "another", courses: [another])),
        ]
        material = try await owner.makeMaterial("Week 1", in: course)
        second = try await owner.makeMaterial("Week 2", in: course)
        try await inside.join(course)
        try await outside.join(course)
        _ = try await outside.perform(LeaveCourse(course: course))
        _ = try await owner.perform(AddTeachers(course: course, usernames: [beside.username]))
        _ = try await owner.perform(EditCourse(course: course, enrollment: .approval))
        try await asking.join(course)
        _ = try await owner.perform(EditCourse(course: course, enrollment: .open))
    }

    package func service(of asker: Asker, isDryRun: Bool = false) -> LocalService {
        world.service(people[asker]?.token, isDryRun: isDryRun)
    }
}

extension Person {
    /// The same person, by another token, which has been used: what is refused notes no use either.
    fileprivate func with(_ token: CreateToken) async throws -> Person {
        guard let token = try await perform(token).record.token else { throw Missing(what: "a token") }
        let person = Person(world: world, id: id, username: username, token: token)
        _ = try await person.perform(WhoAmI())
        return person
    }
}

package func names(_ names: String...) -> [Username] {
    names.map { Username($0) }
}
