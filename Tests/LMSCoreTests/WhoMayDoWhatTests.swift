import LMSCore
import LMSTestSupport
import Testing

/// Who asks, as the table of promises names them.
enum Asker: String, CaseIterable {
    /// Nobody: no valid token.
    case an
    /// A student who is not enrolled, having left.
    case s0
    /// A student who is enrolled.
    case s1
    /// The owner.
    case to
    /// Another teacher.
    case tx
}

/// What somebody gets: the answer, or an error.
enum Verdict: Sendable, Equatable {
    case yes
    case no(LMSError.Code)

    static let e401 = Verdict.no(.notSignedIn)
    static let e403 = Verdict.no(.denied)
    static let e404 = Verdict.no(.notFound)
}

/// One line of the table: a use case, and what each asker gets.
struct Right: Sendable, CustomTestStringConvertible {
    /// The name of the use case's type.
    let name: String
    let verdicts: [Asker: Verdict]
    let make: @Sendable (Scene, Person?) async throws -> any UseCase

    init(
        _ name: String, _ an: Verdict, _ s0: Verdict, _ s1: Verdict, _ to: Verdict, _ tx: Verdict,
        _ make: @escaping @Sendable (Scene, Person?) async throws -> any UseCase
    ) {
        self.name = name
        verdicts = [.an: an, .s0: s0, .s1: s1, .to: to, .tx: tx]
        self.make = make
    }

    var testDescription: String { name }

    func verdict(for asker: Asker) throws -> Verdict { try #require(verdicts[asker]) }
}

/// A released, open course with two materials, and everybody who may ask.
struct Scene: Sendable {
    let world: World
    let course: CourseReference = "bio-101"
    let material: MaterialReference
    let people: [Asker: Person]

    init() async throws {
        world = try World()
        let owner = try await world.teacher("owner")
        let outside = try await world.student("outside")
        let inside = try await world.student("inside")
        people = [.s0: outside, .s1: inside, .to: owner, .tx: try await world.teacher("other")]
        let course = try await owner.makeCourse(course.text)
        material = try await owner.makeMaterial("Week 1", in: course)
        _ = try await owner.makeMaterial("Week 2", in: course)
        try await inside.join(course)
        try await outside.join(course)
        _ = try await outside.perform(LeaveCourse(course: course))
    }

    func service(of asker: Asker, isRehearsal: Bool = false) -> LocalService {
        world.service(people[asker]?.token, isRehearsal: isRehearsal)
    }
}

@Suite("Who may do what")
struct WhoMayDoWhatTests {
    static let rights: [Right] = [
        Right("RegisterUser", .yes, .yes, .yes, .yes, .yes) { _, _ in
            RegisterUser(username: Username("new"), password: Password(World.password), role: .student)
        },
        Right("LogIn", .yes, .yes, .yes, .yes, .yes) { _, _ in
            LogIn(username: Username("inside"), password: Password(World.password))
        },
        Right("WhoAmI", .e401, .yes, .yes, .yes, .yes) { _, _ in WhoAmI() },
        Right("ChangePassword", .e401, .yes, .yes, .yes, .yes) { _, _ in
            ChangePassword(current: Password(World.password), new: Password("kapal yang lain"))
        },
        Right("CreateToken", .e401, .yes, .yes, .yes, .yes) { _, _ in CreateToken(label: "CI") },
        Right("ListTokens", .e401, .yes, .yes, .yes, .yes) { _, _ in ListTokens() },
        Right("RevokeToken", .e401, .yes, .yes, .yes, .yes) { _, person in
            let id = try await person?.perform(ListTokens()).items.first?.id
            return RevokeToken(id: SessionReference(id.map { "\($0)" } ?? "1"))
        },
        Right("LogOut", .e401, .yes, .yes, .yes, .yes) { _, _ in LogOut() },
        Right("ListCourses", .e401, .yes, .yes, .yes, .yes) { _, _ in ListCourses(scope: .all) },
        Right("ShowCourse", .e401, .yes, .yes, .yes, .yes) { scene, _ in ShowCourse(course: scene.course) },
        Right("CreateCourse", .e401, .e403, .e403, .yes, .yes) { _, _ in CreateCourse(title: "New") },
        Right("EditCourse", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            EditCourse(course: scene.course, title: "New")
        },
        Right("DeleteCourse", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            DeleteCourse(course: scene.course)
        },
        Right("JoinCourse", .e401, .yes, .yes, .e403, .e403) { scene, _ in JoinCourse(course: scene.course) },
        Right("LeaveCourse", .e401, .e404, .yes, .e403, .e403) { scene, _ in LeaveCourse(course: scene.course)
        },
        Right("ListRoster", .e401, .e403, .e403, .yes, .e403) { scene, _ in ListRoster(course: scene.course)
        },
        Right("AddStudents", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            AddStudents(course: scene.course, usernames: names("outside"))
        },
        Right("ApproveStudents", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            ApproveStudents(course: scene.course, usernames: names("inside"))
        },
        Right("RemoveStudents", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            RemoveStudents(course: scene.course, usernames: names("inside"))
        },
        Right("ListMaterials", .e401, .e403, .yes, .yes, .e403) { scene, _ in
            ListMaterials(course: scene.course)
        },
        Right("ShowMaterial", .e401, .e403, .yes, .yes, .e403) { scene, _ in
            ShowMaterial(material: scene.material)
        },
        Right("AddMaterial", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            AddMaterial(course: scene.course, title: "Week 3", description: "x")
        },
        Right("EditMaterial", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            EditMaterial(material: scene.material, title: "Week 0", position: 2)
        },
        Right("DeleteMaterial", .e401, .e403, .e403, .yes, .e403) { scene, _ in
            DeleteMaterial(material: scene.material)
        },
    ]

    /// The same acts on a course that is not there, and on a material by an id that is not there.
    static let missing: [Right] = [
        ShowCourse(course: "none"), EditCourse(course: "none", title: ""), DeleteCourse(course: "none"),
        JoinCourse(course: "none"), LeaveCourse(course: "none"), ListRoster(course: "none"),
        AddStudents(course: "none", usernames: names("nobody")), ApproveStudents(allOf: "none"),
        RemoveStudents(course: "none", usernames: []), ListMaterials(course: "none", limit: 0),
        AddMaterial(course: "none", description: ""), ShowMaterial(material: MaterialReference("99")),
        EditMaterial(material: MaterialReference("99"), title: ""),
        DeleteMaterial(material: MaterialReference("99")),
        ShowMaterial(material: MaterialReference("1"), course: "none"),
        EditMaterial(material: MaterialReference("1"), course: "none"),
        DeleteMaterial(material: MaterialReference("1"), course: "none"),
    ].map { (useCase: any UseCase) in
        Right("\(type(of: useCase))", .e401, .e404, .e404, .e404, .e404) { _, _ in useCase }
    }

    @Test("the table holds, and a denied act changes nothing", arguments: rights, Asker.allCases)
    func table(right: Right, asker: Asker) async throws {
        try await check(right, asker)
    }

    @Test("what is missing is missing for everybody who is signed in", arguments: missing, Asker.allCases)
    func missingThing(right: Right, asker: Asker) async throws {
        try await check(right, asker)
    }

    private func check(_ right: Right, _ asker: Asker) async throws {
        let scene = try await Scene()
        let useCase = try await right.make(scene, scene.people[asker])
        let service = scene.service(of: asker)
        switch try right.verdict(for: asker) {
        case .yes: _ = try await service.perform(useCase) as Any
        case .no(let code):
            try await scene.world.expectRefusal(code) { try await service.perform(useCase) as Any }
        }
    }

    @Test(
        "a rehearsal of any act gets the same verdict and changes nothing", arguments: rights, Asker.allCases)
    func rehearsal(right: Right, asker: Asker) async throws {
        // A log-in has no rehearsal.
        guard right.name != "LogIn" else { return }
        let scene = try await Scene()
        let useCase = try await right.make(scene, scene.people[asker])
        let service = scene.service(of: asker, isRehearsal: true)
        let before = try await scene.world.dump()
        switch try right.verdict(for: asker) {
        case .yes: _ = try await service.perform(useCase) as Any
        case .no(let code): await expectError(code) { try await service.perform(useCase) as Any }
        }
        #expect(try await scene.world.dump() == before)
    }

    @Test("each row makes the use case that it is named for", arguments: rights)
    func rowName(right: Right) async throws {
        let scene = try await Scene()
        let useCase = try await right.make(scene, scene.people[.to])
        #expect("\(type(of: useCase))" == right.name)
    }

    @Test("every use case of the core has a row")
    func completeness() throws {
        let declaration = /struct\s+(\w+)[^{]*:[^{]*\b(?:Query|Mutation|UseCase)\b/
        var found: Set<String> = []
        for file in try SourceTree.files(under: "Sources/LMSCore") {
            for match in try SourceTree.text(of: file).matches(of: declaration) {
                found.insert(String(match.1))
            }
        }
        #expect(found.count > 20, "the search finds what there is")
        let rows = Self.rights.map(\.name)
        #expect(found.subtracting(rows).sorted() == [], "use cases without a row")
        #expect(Set(rows).subtracting(found).sorted() == [], "rows without a use case")
    }
}
