import LMSTestSupport
import Testing

/// Docs/Reliability.md.
@Suite struct ReliabilityTests {
    /// A row of a table: the promise, and the tests that it names.
    private struct Row {
        let promise: String
        let tests: [String]
    }

    private static func rows() throws -> [Row] {
        try SourceTree.lines(of: "Docs/Reliability.md")
            .filter { $0.hasPrefix("| ") && !$0.hasPrefix("| promise") }
            .map { line in
                let cells = line.split(separator: "|").map { $0.trimmingCharacters(" ") }
                let tests = (cells.last ?? "").split(separator: "`").map(String.init).filter {
                    $0.contains(".")
                }
                return Row(promise: cells.first ?? "", tests: cells.count == 2 ? tests : [])
            }
    }

    @Test func `every promise names a test`() throws {
        let rows = try Self.rows()
        #expect(rows.count > 30)
        for row in rows { #expect(!row.tests.isEmpty, "\(row.promise)") }
    }

    @Test func `every test that it names is there`() throws {
        let files = try SourceTree.files(under: "Tests")
        for name in try Self.rows().flatMap(\.tests) {
            let parts = name.split(separator: ".", maxSplits: 1)
            let found = files.filter { $0.hasSuffix("/\(parts[0]).swift") }
            #expect(found.count == 1, "\(name) is in \(found)")
            guard let file = found.first, parts.count == 2 else { continue }
            let lines = try SourceTree.lines(of: file)
            let index = lines.firstIndex { $0.contains("func `\(parts[1])`(") }
            #expect(index != nil, "\(file) has no \(parts[1])")
            guard let index else { continue }
            // Its attribute, perhaps with arguments that take some lines.
            let above = lines[max(0, index - 80)...index].reversed().prefix {
                !$0.hasPrefix("    }") || $0.contains("func ")
            }
            #expect(above.contains { $0.contains("@Test") }, "\(name) is no test")
        }
    }
}

extension Substring {
    fileprivate func trimmingCharacters(_ characters: String) -> String {
        var text = self
        while let first = text.first, characters.contains(first) { text.removeFirst() }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return String(text)
    }
}
