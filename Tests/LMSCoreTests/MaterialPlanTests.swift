import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// Sections, drafts, release and due dates of materials.
@Suite struct MaterialPlanTests {
    let world: World
    let guru: Person
    let siti: Person
    let course: CourseReference

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        siti = try await world.student()
        course = try await guru.makeCourse()
        try await siti.join(course)
    }

    private func add(_ title: String, _ fields: MaterialFields = MaterialFields()) async throws -> MaterialReference {
        var fields = fields
        (fields.title, fields.description) = (title, "Text of \(title).")
        let id = try #require(try await guru.perform(AddMaterial(course: course, fields)).record.id)
        return MaterialReference(id.description)
    }

    private func edit(_ material: MaterialReference, _ fields: MaterialFields) async throws -> Written<Material> {
        try await guru.perform(EditMaterial(material: material, fields))
    }

    @Test func `a draft and what is not out are not there for a student, in no way that he can ask`() async throws {
        _ = try await add("one")
        let draft = try await add("two", MaterialFields(hidden: true))
        let later = try await add("three", MaterialFields(releaseDate: "2026-11-25"))
        _ = try await add("four")
        #expect(try await siti.titles(in: course) == ["1 one", "2 four"])
        #expect(try await guru.titles(in: course) == ["1 one", "2 two", "3 three", "4 four"])
        let seen = try await guru.perform(ListMaterials(course: course, asStudent: true)).items
        #expect(seen.map { "\($0.position) \($0.title)" } == ["1 one", "2 four"])
        for material in [draft, later] {
            for parent in [nil, course] {
                await expectError(.notFound) {
                    try await siti.perform(ShowMaterial(material: material, course: parent))
                }
            }
        }
        for title in ["two", "three"] {
            #expect(try await siti.perform(ListMaterials(course: course, title: title)).items.isEmpty)
            #expect(try await siti.perform(SearchTexts(words: title)).items.isEmpty)
            #expect(try await guru.perform(SearchTexts(words: title)).items.count == 1)
        }
        #expect(try await siti.perform(ListMaterials(course: course, title: "four")).items.first?.position == 2)
        #expect(try await siti.perform(ShowMaterial(material: MaterialReference("4"))).position == 2)

        world.advance(by: .days(2))
        #expect(try await siti.titles(in: course) == ["1 one", "2 three", "3 four"])
        _ = try await edit(draft, MaterialFields(hidden: false))
        #expect(try await siti.titles(in: course) == ["1 one", "2 two", "3 three", "4 four"])
        #expect(try await siti.perform(SearchTexts(words: "two")).items.count == 1)
    }

    @Test func `a page goes on behind the last material, whatever became of it`() async throws {
        for title in ["a", "b", "c", "d"] { _ = try await add(title, MaterialFields(hidden: title == "b")) }
        let first = try await siti.perform(ListMaterials(course: course, limit: 2))
        #expect(first.items.map(\.title) == ["a", "c"])
        _ = try await edit(MaterialReference("3"), MaterialFields(hidden: true))
        let rest = try await siti.perform(ListMaterials(course: course, limit: 2, after: first.next))
        #expect(rest.items.map { "\($0.position) \($0.title)" } == ["2 d"])
        _ = try await guru.perform(DeleteMaterial(material: MaterialReference("3")))
        await expectError(.busy) {
            try await siti.perform(ListMaterials(course: course, limit: 2, after: first.next))
        }
    }

    @Test func `each field is checked, changed, cleared, and left alone where it is not given`() async throws {
        let material = try await add(
            "one", MaterialFields(section: "Week 1", hidden: true, releaseDate: "2026-12-01", due: "2026-12-24"))
        let shown = try await guru.perform(ShowMaterial(material: material))
        #expect(shown.plan.section == "Week 1" && shown.plan.isHidden)
        #expect(shown.plan.due?.description == "2026-12-24" && shown.dates.dueAt?.description == "2026-12-25T00:00:00Z")
        #expect(shown.dates.visibleFrom == nil && shown.dates.createdAt == world.now)
        let wrong: [MaterialFields] = [
            .init(releaseDate: "2026-02-30"), .init(due: "2026-12-24T24:00"), .init(due: "2026-12-24 10:00"), .init(due: "soon"),
            .init(due: "2026-12-24T1:00"), .init(section: " \n"), .init(section: String(repeating: "x", count: 256)),
        ]
        for fields in wrong { await expectError(.invalid) { try await edit(material, fields) } }
        #expect(try await edit(material, MaterialFields(section: "Week 1", hidden: true, due: "2026-12-24")).outcome == .unchanged)
        let edited = try await edit(material, MaterialFields(hidden: false, releaseDate: "", due: "2026-12-24T07:30")).record
        #expect(edited.plan.section == "Week 1" && edited.plan.releaseDate == nil)
        #expect(edited.dates.dueAt?.description == "2026-12-24T07:30:00Z")
        #expect(edited.dates.visibleFrom?.description == "2026-11-23T00:00:00Z")
        let cleared = try await edit(material, MaterialFields(section: "", due: "")).record
        #expect(cleared.plan == MaterialPlan())
    }

    @Test func `students get a material not before the course's own date`() async throws {
        _ = try await guru.perform(EditCourse(course: course, releaseDate: "2026-11-27"))
        let material = try await add("one", MaterialFields(releaseDate: "2026-11-25"))
        let shown = try await guru.perform(ShowMaterial(material: material))
        #expect(shown.dates.visibleFrom?.description == "2026-11-27T00:00:00Z")
        world.advance(by: .days(2))
        await expectError(.denied) { try await siti.perform(ShowMaterial(material: material)) }
        await expectError(.denied) { try await guru.perform(ListMaterials(course: course, asStudent: true)) }
        world.advance(by: .days(2))
        #expect(try await siti.perform(ShowMaterial(material: material)).title == "one")
    }

    @Test func `a list by due date has what is never due last, in pages too`() async throws {
        let dues = ["", "2026-12-02", "2026-12-01T23:59", "2026-12-01", "", "2026-12-01T08:00", "2026-12-02"]
        for (index, due) in dues.enumerated() { _ = try await add("m\(index)", MaterialFields(hidden: index == 3, due: due)) }
        func listed(by person: Person) async throws -> [String] {
            var (items, after): ([String], Cursor?) = ([], nil)
            repeat {
                let page = try await person.perform(ListMaterials(course: course, due: true, limit: 2, after: after))
                items += page.items.map { "\($0.position) \($0.title)" }
                after = page.next
            } while after != nil
            return items
        }
        #expect(try await listed(by: guru) == ["6 m5", "3 m2", "4 m3", "2 m1", "7 m6", "1 m0", "5 m4"])
        #expect(try await listed(by: siti) == ["5 m5", "3 m2", "2 m1", "6 m6", "1 m0", "4 m4"])
    }

    @Test func `a material is added, skipped or brought up to date by its title`() async throws {
        func add(_ ifExists: IfExists?, _ fields: MaterialFields) async throws -> Written<NewMaterial> {
            try await guru.perform(AddMaterial(course: course, fields, ifExists: ifExists))
        }
        let fields = MaterialFields(title: "Week 1", description: "a", section: "S")
        #expect(try await add(.update, fields).outcome == .created)
        #expect(try await add(.update, fields).outcome == .unchanged)
        await expectError(.conflict) { try await add(.fail, fields) }
        await expectError(.conflict) { try await add(nil, fields) }
        #expect(try await add(.skip, MaterialFields(title: "Week 1", description: "b")).record.description == "a")
        let updated = try await add(.update, MaterialFields(title: "Week 1", due: "2026-12-01"))
        #expect(updated.outcome == .updated && updated.record.description == "a" && updated.record.plan.section == "S")
        await expectError(.invalid) { try await add(.update, MaterialFields(title: "Week 2")) }
        // One that only looks the same is another one's.
        await expectError(.conflict) { try await add(.update, MaterialFields(title: "Week\u{a0}1", description: "x")) }
        #expect(try await guru.titles(in: course) == ["1 Week 1"])
    }

    // MARK: - Moving

    @Test func `a material moves before and behind others`() async throws {
        for title in ["a", "b", "c", "d"] { _ = try await add(title) }
        func move(_ id: Int, before: Int? = nil, behind: Int? = nil) async throws -> Outcome? {
            try await guru.perform(
                MoveMaterial(
                    material: MaterialReference("\(id)"), before: before.map { MaterialReference("\($0)") },
                    behind: behind.map { MaterialReference("\($0)") })
            ).outcome.known
        }
        #expect(try await move(4, before: 1) == .updated)
        #expect(try await guru.titles(in: course) == ["1 d", "2 a", "3 b", "4 c"])
        #expect(try await move(4, behind: 2) == .updated)
        #expect(try await guru.titles(in: course) == ["1 a", "2 b", "3 d", "4 c"])
        #expect(try await move(1, before: 3) == .updated)
        #expect(try await guru.titles(in: course) == ["1 b", "2 d", "3 a", "4 c"])
        #expect(try await move(3, behind: 3) == .unchanged)
        await expectError(.notFound) { try await move(1, before: 99) }
        await expectError(.usage) { try await guru.perform(MoveMaterial(material: MaterialReference("1"))) }
    }

    @Test func `a material goes to another course with its id, and both logs say so`() async throws {
        let other = try await guru.makeCourse("bio-102", title: "Biology 2")
        let material = try await add("one")
        _ = try await add("two")
        let budi = try await world.teacher("budi")
        _ = try await guru.perform(AddTeachers(course: course, usernames: [budi.username]))
        _ = try await guru.perform(AddTeachers(course: other, usernames: [budi.username]))
        await expectError(.denied) { try await budi.perform(MoveMaterial(material: material, to: other)) }
        let cut = CreateToken(label: "one", courses: [course])
        let token = try #require(try await guru.perform(cut).record.token)
        await expectError(.denied) {
            try await world.service(token).perform(MoveMaterial(material: material, to: other))
        }
        let moved = try await guru.perform(MoveMaterial(material: material, to: other)).record
        #expect(moved.id.description == material.text && moved.courseCode?.rawValue == "bio-102" && moved.position == 1)
        #expect(try await guru.titles(in: course) == ["1 two"])
        #expect(try await guru.titles(in: other) == ["1 one"])
        for course in [course, other] {
            let entry = try await guru.perform(ListLog(course: course)).items.first
            #expect(entry?.action == "material.move" && entry?.subject == "one")
        }
        _ = try await add("one")
        await expectError(.conflict) { try await guru.perform(MoveMaterial(material: MaterialReference("3"), to: other)) }
        let strange = try await budi.makeCourse("chem")
        await expectError(.denied) { try await guru.perform(MoveMaterial(material: MaterialReference("3"), to: strange)) }
    }
}
