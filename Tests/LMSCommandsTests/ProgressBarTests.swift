import LMSCore
import Testing

@testable import LMSCommands

@Suite struct ProgressBarTests {
    static let texts: [(BulkProgress, String)] = [
        (.reading(done: 0, of: 300), "Reading the files  [------------------------------] 0%"),
        (.reading(done: 100, of: 300), "Reading the files  [#########---------------------] 33%"),
        (.reading(done: 299, of: 300), "Reading the files  [#############################-] 99%"),
        (.reading(done: 300, of: 300), "Reading the files  [##############################] 100%"),
        (.reading(done: 0, of: 0), "Reading the files  [##############################] 100%"),
        // A file that grows while it is read.
        (.reading(done: 400, of: 300), "Reading the files  [##############################] 100%"),
        (.hashing(done: 1, of: 2), "Hashing passwords  [###############---------------] 1 of 2"),
        (.copying(done: 1, of: 2), "Copying the rows  [###############---------------] 50%"),
        (.comparing(done: 2, of: 2), "Comparing the rows  [##############################] 100%"),
        (.indexing(done: 0, of: 2), "Preparing the search  [------------------------------] 0%"),
    ]

    @Test(arguments: texts)
    func `it says how much of how much is done`(_ progress: BulkProgress, _ text: String) {
        #expect(ProgressBar.text(progress) == text)
    }

    @Test func `it fits on a line`() {
        #expect(ProgressBar.text(.hashing(done: 1_000_000, of: 1_000_000)).count < 80)
    }

    /// The files are read again when the passwords are hashed.
    @Test func `nothing stays of a longer text`() {
        let long = ProgressBar.text(.hashing(done: 100, of: 100))
        let short = ProgressBar.text(.reading(done: 0, of: 100))
        #expect(long.count > short.count)
        let line = ProgressBar.overwriting(long.count, with: short)
        #expect(line.first == "\r")
        #expect(line.dropFirst().count == long.count)
        #expect(line.dropFirst().hasPrefix(short))
        #expect(line.dropFirst(1 + short.count).allSatisfy { $0 == " " })
    }
}
