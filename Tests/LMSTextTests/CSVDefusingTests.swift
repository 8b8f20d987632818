import Testing

@testable import LMSText

@Suite("Cells that a spreadsheet would run")
struct CSVDefusingTests {
    @Test(
        "what begins a formula is found, behind any number of apostrophes",
        arguments: ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\r\nx", "=", "'=1", "''-1", "'''@"])
    func needed(text: String) {
        #expect(CSVDefusing.isNeeded(text.utf8))
        #expect(undone("'\(text)") == Array(text.utf8), "what was put in front is taken away")
    }

    @Test(
        "anything else stays as it is",
        arguments: ["", "'", "''", "x", "1-1", " =1", "'x", "'tis", "\nx", "\u{feff}=1", "＝1", "é"])
    func notNeeded(text: String) {
        #expect(!CSVDefusing.isNeeded(text.utf8))
        #expect(undone(text) == Array(text.utf8))
    }

    @Test("a formula that nobody defused is text", arguments: ["=1", "+62 812", "-", "@ani"])
    func neverDefused(text: String) {
        #expect(undone(text) == Array(text.utf8))
    }

    private func undone(_ text: String) -> [UInt8] {
        Array(text.utf8).withUnsafeBufferPointer { Array(CSVDefusing.undone($0)) }
    }
}
