import Testing

@testable import LMSText

/// Cells that a spreadsheet would run.
@Suite struct CSVDefusingTests {
    @Test(arguments: ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\r\nx", "=", "'=1", "''-1", "'''@"])
    func `what begins a formula is found, behind any number of apostrophes`(text: String) {
        #expect(CSVDefusing.isNeeded(text.utf8))
        #expect(undone("'\(text)") == Array(text.utf8), "what was put in front is taken away")
    }

    @Test(arguments: ["", "'", "''", "x", "1-1", " =1", "'x", "'tis", "\nx", "\u{feff}=1", "＝1", "é"])
    func `anything else stays as it is`(text: String) {
        #expect(!CSVDefusing.isNeeded(text.utf8))
        #expect(undone(text) == Array(text.utf8))
    }

    @Test(arguments: ["=1", "+62 812", "-", "@ani"])
    func `a formula that nobody defused is text`(text: String) {
        #expect(undone(text) == Array(text.utf8))
    }

    private func undone(_ text: String) -> [UInt8] {
        Array(text.utf8).withUnsafeBufferPointer { Array(CSVDefusing.undone($0)) }
    }
}
