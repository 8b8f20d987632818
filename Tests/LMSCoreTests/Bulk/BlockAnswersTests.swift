import Testing

@testable import LMSCore

/// What is known of a block of an import's rows.
@Suite struct BlockAnswersTests {
    private let answers = BlockAnswers<String, Int>()

    private func answer(_ key: String) -> String {
        switch answers[key] {
        case .absent: "absent"
        case .present(let value): "\(value)"
        case .unknown: "unknown"
        }
    }

    @Test func `a key is absent until something is noted of it, and unknown where no row has it`() {
        answers.expect("a")
        answers.expect("b")
        #expect(answer("a") == "absent" && answer("c") == "unknown" && answers.absentCount == 2)
        answers.note(.present(7), of: 2)
        #expect(answer("a") == "absent" && answer("b") == "7" && answers.absentCount == 1)
        answers.note(.present(8), of: 3)
        answers.note(.present(8), of: 0)
        #expect(answer("b") == "7")
    }

    @Test func `what several rows have is unknown, whatever is noted of it`() {
        for key in ["a", "b", "a"] { answers.expect(key) }
        answers.note(.present(1), of: 1)
        answers.note(.present(2), of: 2)
        #expect(answers.keys == ["a", "b"])
        #expect(answers.isRepeated("a") && !answers.isRepeated("b") && !answers.isRepeated("c"))
        #expect(answer("a") == "unknown" && answer("b") == "2")
    }

    @Test func `the next block knows nothing of the one before`() {
        for key in ["a", "a", "b"] { answers.expect(key) }
        answers.note(.present(2), of: 2)
        answers.removeAll()
        #expect(answer("a") == "unknown" && answer("b") == "unknown" && answers.absentCount == 0)
        answers.expect("a")
        #expect(answer("a") == "absent" && !answers.isRepeated("a"))
    }

    @Test func `names stay known from block to block, also those that nothing has`() {
        var names = KnownNames<Int>()
        #expect(names.isEmpty && names["ani"] == nil)
        names.expect("ani")
        names.expect("budi")
        names.expect("ani")
        #expect(names.expected() == ["ani", "budi"])
        names.note("ani", 1)
        names.begin()
        names.expect("ani")
        names.expect("siti")
        #expect(names.expected() == ["siti"])
        #expect(names["ani"] == .some(.some(1)) && names["budi"] == .some(.none) && names["citra"] == nil)
    }
}
