import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// What is out stands twice: for a row that was read, and for a statement.
@Suite struct MaterialVisibilityTests {
    @Test func `the condition of statements is the rule of rows, over random plans and days`() async throws {
        let world = try World()
        let guru = try await world.teacher()
        let course = try await guru.makeCourse()
        var dice = SystemRandomNumberGenerator()
        var plans: [Int64: MaterialPlan] = [:]
        for number in 1...60 {
            let date: String? = Bool.random(using: &dice) ? nil : "2026-12-\(10 + Int.random(in: 0..<8, using: &dice))"
            let fields = MaterialFields(
                title: "m\(number)", description: "x", hidden: Int.random(in: 0..<4, using: &dice) == 0, releaseDate: date)
            let made = try await guru.perform(AddMaterial(course: course, fields)).record
            plans[try #require(made.id).rawValue] = made.plan
        }
        for day in 8...20 {
            let today = try #require(CalendarDate("2026-12-\(day < 10 ? "0" : "")\(day)"))
            let visibility = MaterialVisibility.out(by: today)
            let found = try await world.database.read { connection in
                try connection.rows("SELECT id FROM material WHERE TRUE\(visibility.condition) ORDER BY id").map {
                    try $0["id"] as Int64
                }
            }
            let expected = plans.filter { visibility.includes($0.value) }.keys.sorted()
            #expect(found == expected, "on \(today)")
        }
    }
}
