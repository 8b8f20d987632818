import LMSCore
import LMSTestSupport
import Testing

/// Lists, page by page.
@Suite struct PagingTests {
    let world: World
    let guru: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
    }

    /// All items of a list, read in pages of one size.
    private func all<Item>(_ page: (Cursor?) async throws -> Page<Item>) async throws -> [[Item]] {
        var pages: [[Item]] = []
        var cursor: Cursor?
        repeat {
            let next = try await page(cursor)
            pages.append(next.items)
            cursor = next.next
            try #require(pages.count < 100, "the list has an end")
        } while cursor != nil
        return pages
    }

    @Test(arguments: [1, 2, 3, 7, 8, 1000])
    func `pages of any size hold every row once, in order`(limit: Int) async throws {
        let siti = try await world.student()
        let codes = (1...7).map { "c\($0)" }
        for code in codes {
            let course = try await guru.makeCourse(code)
            try await siti.join(course)
        }
        let course = CourseReference("c1")
        let students = ["Andi", "budi", "Citra", "dewi", "Eka", "fajar", "siti"]
        for name in students.dropLast() { try await world.student(name).join(course) }
        for code in codes { _ = try await guru.makeMaterial(code, in: course) }
        for code in codes.dropLast() { _ = try await guru.perform(CreateToken(label: code)) }

        for person in [guru, siti] {
            for scope in [ListCourses.Scope.mine, .all] {
                let pages = try await all {
                    try await person.perform(ListCourses(scope: scope, limit: limit, after: $0))
                }
                #expect(pages.joined().map(\.code.rawValue) == codes)
                #expect(pages.dropLast().allSatisfy { $0.count == limit })
                #expect(pages.last?.isEmpty == false, "no empty page at the end")
            }
        }
        for (code, title) in zip(codes, ["x", "Word", "x", "Words", "Word", "x", "The word"]) {
            let description = title == "x" ? "word" : ""
            _ = try await guru.perform(
                EditCourse(course: CourseReference(code), title: title, description: description))
        }
        let best = ["c2", "c5", "c7", "c4", "c1", "c3", "c6"]
        for scope in [ListCourses.Scope.mine, .all] {
            let found = try await all {
                try await siti.perform(ListCourses(scope: scope, words: "word", limit: limit, after: $0))
            }
            #expect(found.joined().map(\.code.rawValue) == best)
            #expect(found.dropLast().allSatisfy { $0.count == limit })
            #expect(found.last?.isEmpty == false)
        }
        _ = try await guru.makeMaterial("Some word", in: "c3")
        _ = try await guru.makeMaterial("Other", text: "wordy", in: "c6")
        let hits = try await all {
            try await siti.perform(SearchTexts(words: "word", limit: limit, after: $0))
        }
        #expect(
            hits.joined().map { "\($0.kind) \($0.course)" }
                == [
                    "course 2", "course 5", "course 7", "material 3", "course 4", "course 1", "course 3",
                    "course 6", "material 6",
                ])
        #expect(hits.dropLast().allSatisfy { $0.count == limit })
        #expect(hits.last?.isEmpty == false)
        let roster = try await all {
            try await guru.perform(ListRoster(course: course, limit: limit, after: $0))
        }
        #expect(roster.joined().map(\.username.rawValue) == students)
        let materials = try await all {
            try await guru.perform(ListMaterials(course: course, limit: limit, after: $0))
        }
        #expect(materials.joined().map(\.title) == codes)
        let tokens = try await all { try await guru.perform(ListTokens(limit: limit, after: $0)) }
        #expect(tokens.joined().map(\.label) == ["login"] + codes.dropLast())
        let log = try await all { try await guru.perform(ListLog(course: course, limit: limit, after: $0)) }
        let one = try await guru.perform(ListLog(course: course, limit: 1000)).items
        #expect(log.joined().map(\.subject) == one.map(\.subject) && one.count > codes.count)
        let users = try await all { try await world.anyone.operate(ListUsers(limit: limit, after: $0)) }
        #expect(users.joined().map(\.username.rawValue) == ["guru", "siti"] + students.dropLast())
    }

    @Test func `a page has 100 rows unless it is said otherwise`() async throws {
        for number in 1...101 { _ = try await guru.makeCourse("c\(number)") }
        let first = try await guru.perform(ListCourses())
        #expect(first.items.count == 100)
        let second = try await guru.perform(ListCourses(after: first.next))
        #expect(second.items.map(\.code.rawValue) == ["c101"])
        #expect(second.next == nil)
    }

    @Test func `a row that goes or comes between two pages neither repeats nor hides another`() async throws {
        for number in 1...5 { _ = try await guru.makeCourse("c\(number)") }
        let first = try await guru.perform(ListCourses(limit: 2))
        _ = try await guru.perform(DeleteCourse(course: "c1"))
        _ = try await guru.perform(DeleteCourse(course: "c2"))
        _ = try await guru.makeCourse("c6")
        let rest = try await guru.perform(ListCourses(after: first.next))
        #expect(rest.items.map(\.code.rawValue) == ["c3", "c4", "c5", "c6"])
    }

    @Test(arguments: [0, -1, 1001, Int.max, Int.min])
    func `a page has 1 to 1,000 rows`(limit: Int) async throws {
        let course = try await guru.makeCourse()
        for useCase in [
            ListCourses(limit: limit), ListTokens(limit: limit), ListRoster(course: course, limit: limit),
            ListMaterials(course: course, limit: limit), ListLog(limit: limit),
            ListLog(course: course, limit: limit),
            SearchTexts(words: "x", limit: limit),
            ListCourses(words: "x", limit: limit),
        ] as [any UseCase] {
            await expectError(.invalid) { try await guru.service.perform(useCase) as Any }
        }
        await expectError(.invalid) { try await world.anyone.operate(ListUsers(limit: limit)) }
    }

    @Test(arguments: ["", "x", "-1", "1 OR 1=1", "01", "99999999999999999999"])
    func `what is no page key of a list is malformed`(text: String) async throws {
        let course = try await guru.makeCourse()
        let cursor: Cursor = try fromJSON("\"\(text)\"")
        for useCase in [
            ListCourses(after: cursor), ListCourses(scope: .all, after: cursor), ListTokens(after: cursor),
            ListMaterials(course: course, after: cursor), ListLog(after: cursor),
            ListLog(course: "none", after: cursor),
        ] as [any UseCase] {
            await expectError(.malformed) { try await guru.service.perform(useCase) as Any }
        }
        await expectError(.malformed) { try await world.anyone.operate(ListUsers(after: cursor)) }
    }

    @Test(
        arguments: [
            "", "1", "0.1", "1.", ".1", "1.0", "9.1", "1.1.1", "1.x", "01.1", "-1.1",
            "1.99999999999999999999",
        ])
    func `what is no page key of a search is malformed`(text: String) async throws {
        let cursor: Cursor = try fromJSON("\"\(text)\"")
        await expectError(.malformed) { try await guru.perform(SearchTexts(words: "", after: cursor)) }
        await expectError(.malformed) { try await guru.perform(ListCourses(words: "x", after: cursor)) }
    }

    @Test func `a page ends at 4 MiB, and the next one goes on`() async throws {
        let course = try await guru.makeCourse()
        let text = String(repeating: "x", count: 1 << 20)
        for number in 1...6 { _ = try await guru.makeMaterial("m\(number)", text: text, in: course) }
        let pages = try await all { try await guru.perform(ListMaterials(course: course, after: $0)) }
        #expect(pages.joined().map(\.title) == (1...6).map { "m\($0)" })
        for page in pages {
            let bytes = page.reduce(0) { $0 + ($1.description?.utf8.count ?? 0) }
            #expect(bytes <= 4 << 20)
        }
        // Four texts fill 4 MiB alone, without their titles.
        #expect(pages.map(\.count) == [3, 3])
        let short = try await guru.perform(ListMaterials(course: course, text: false))
        #expect(short.items.count == 6)
        // A search reads texts for their snippets, 1 MiB of them for a page.
        let found = try await all { try await guru.perform(SearchTexts(words: "xxx", after: $0)) }
        #expect(found.map(\.count) == [1, 1, 1, 1, 1, 1])
    }
}
