import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// Who sees whose name and number, over everything that answers: held against a model.
@Suite struct WhoSeesWhomTests {
    @Test(arguments: ActedSchool.seeds)
    func `a name and a number are seen by whom the contract names`(seed: UInt64) async throws {
        var school = try await ActedSchool(in: World(), seed: seed) { $1 ? $0.dryRun : $0.service }
        for _ in 0..<(ActedSchool.acts ?? 25) {
            try await school.act()
            let viewer = try school.viewer()
            let inquiries = try school.inquiries()
            school.expectHonest(try await school.replies(to: inquiries, of: viewer), to: viewer)
        }
        try await expectSilentTrails(of: school)
        try await expectNamesInUsersAlone(of: school)
    }

    @Test func `everything that can be asked is tried`() async throws {
        var school = try await ActedSchool(in: World(), seed: 1) { $1 ? $0.dryRun : $0.service }
        let tried = Set(try school.inquiries().map(\.name))
        // What signs in or ends that answers about the session alone.
        let signs: Set = ["RegisterUser", "LogIn", "LogOut", "ChangePassword"]
        #expect(try Right.useCasesOfTheCore().subtracting(tried).sorted() == signs.sorted())
    }

    /// What the operator reads of the logs, and the rows themselves.
    private func expectSilentTrails(of school: ActedSchool) async throws {
        let world = school.world
        school.expectSilent(try await world.accountLogEntries().joined(separator: "\n"), "the log of accounts")
        school.expectSilent(try await world.logEntries().joined(separator: "\n"), "the log of courses")
        var after: Cursor?
        repeat {
            let page = try await world.anyone.operate(ListOperatorLog(limit: 100, after: after))
            school.expectSilent(String(decoding: try JSONOutput.bytes(page), as: UTF8.self), "the operator's log")
            after = page.next
        } while after != nil
    }

    /// The operator's export has what is held of people in one file, and nothing of whoever is gone.
    private func expectNamesInUsersAlone(of school: ActedSchool) async throws {
        let output = MemoryOutput()
        _ = try await school.world.anyone.operate(ExportTables(to: output, withSecrets: true))
        for (name, bytes) in output.files {
            let words = WhoSeesWhom.words(in: String(decoding: bytes, as: UTF8.self))
            #expect(words.count == (name == "users.csv" ? 2 * school.people.count : 0), "\(name): \(words.sorted())")
        }
    }
}
