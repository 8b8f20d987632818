import LMSCore
import Testing

@testable import LMSCommands

@Suite struct ExitStatusTests {
    /// The table of exit codes in Docs/Scripting.md, row by row.
    private static let table: [(code: String, status: Int32)] = [
        ("usage", 64), ("malformed", 65), ("invalid", 65), ("too_large", 65), ("not_found", 66),
        ("unavailable", 69), ("internal", 70), ("method_not_allowed", 70), ("unsupported_type", 70),
        ("conflict", 73), ("io", 74), ("busy", 75), ("throttled", 75), ("wrong_password", 77),
        ("denied", 77), ("not_signed_in", 78),
    ]

    @Test func `every code has its status`() throws {
        for row in Self.table {
            let code = try #require(LMSError.Code(rawValue: row.code))
            #expect(ExitStatus.of(code) == row.status, "\(row.code)")
        }
        #expect(Set(Self.table.map(\.code)) == Set(LMSError.Code.allCases.map(\.rawValue)))
    }

    @Test func `success is 0, and a broken pipe no failure`() {
        #expect(ExitStatus.success == 0)
        #expect(ExitStatus.usage == 64)
        #expect(ExitStatus.brokenPipe == 141)
    }
}
