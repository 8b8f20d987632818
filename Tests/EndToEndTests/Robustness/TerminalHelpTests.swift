import Foundation
import Testing

/// Help that is longer than the screen goes through the pager, as lists do.
extension Robustness.Terminal {
    private func help(
        _ arguments: [String], environment: [String: String]
    ) throws -> (lines: Int, status: Int32) {
        let scene = try ProgramScene()
        let terminal = try Pseudoterminal(
            scene.launch(arguments, database: nil, environment: environment))
        let status = try terminal.end()
        let screen = terminal.screen.components(separatedBy: "[ended ")[0]
        return (screen.count { $0 == "\r\n" }, status)
    }

    @Test(arguments: [["help", "course", "create"], ["course", "create", "--help"], ["help", "db"]])
    func `long help is shown by the pager`(_ arguments: [String]) throws {
        let paged = try help(arguments, environment: ["PAGER": "head -n 3"])
        #expect(paged.status == 0 && paged.lines == 3, "\(paged)")
        let chosen = try help(arguments, environment: ["PAGER": "head -n 3", "LMS_PAGER": "head -n 5"])
        #expect(chosen.lines == 5, "\(chosen)")
        let whole = try help(arguments, environment: ["PAGER": "cat"])
        #expect(whole.status == 0 && whole.lines > 20, "\(whole)")
    }

    @Test func `help needs no pager`() throws {
        let whole = try help(
            ["course", "create", "--help", "--no-pager"], environment: ["PAGER": "head -n 3"])
        #expect(whole.status == 0 && whole.lines > 20, "\(whole)")
    }
}
