import Testing

@testable import LMSCommandLine

/// What may follow on a line.
@Suite struct WordCompletionTests {
    private func texts(_ words: String...) -> [String]? {
        guard case .words(let found) = WordCompletion(words, of: Sample.tree) else { return nil }
        return found.map(\.text)
    }

    @Test func `commands are completed`() {
        #expect(texts("") == ["paint", "room"])
        #expect(texts("r") == ["room"])
        #expect(texts("room", "") == ["paint"])
        #expect(texts("rom", "") == [])
    }

    @Test func `options are completed, those that are shown`() {
        #expect(texts("paint", "--c") == ["--coats"])
        #expect(texts("paint", "door", "-q", "--d") == ["--dry-run", "--db"])
        #expect(texts("paint", "--", "--d") == [])
        #expect(texts("paint", "-")?.contains("-q") == true && texts("paint", "-")?.contains("--note") == true)
    }

    @Test func `values are completed`() {
        #expect(texts("paint", "door", "") == ["red", "green"])
        #expect(texts("paint", "--colour", "g") == ["green"])
        #expect(texts("paint", "--colour=g") == ["--colour=green"])
        #expect(texts("paint", "d") == [])
    }

    @Test func `files and folders are left to the shell`() {
        #expect(WordCompletion(["paint", "--db", "sch"], of: Sample.tree) == .files)
        #expect(WordCompletion(["paint", "--into="], of: Sample.tree) == .folders)
        #expect(WordCompletion(["paint", "door", "red", "b"], of: Sample.tree) == .files)
        #expect(WordCompletion(["paint", "--note", "b"], of: Sample.tree) == .words([]))
    }

    @Test func `bash is told what stands behind the sign`() {
        let typed = CompletionScript.bash.words(["paint", "--colour", "=", "g"])
        #expect(typed == ["paint", "--colour=g"])
        #expect(CompletionScript.bash.words(["paint", "--colour", "="]) == ["paint", "--colour="])
        #expect(
            CompletionScript.bash.answer(WordCompletion(typed, of: Sample.tree)) == "words\ngreen\t")
        #expect(
            CompletionScript.zsh.answer(WordCompletion(["paint", "--colour=g"], of: Sample.tree))
                == "words\n--colour=green\t")
        #expect(CompletionScript.fish.answer(.folders) == "folders")
    }
}
