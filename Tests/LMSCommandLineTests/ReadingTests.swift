import Testing

@testable import LMSCommandLine

/// How a line is read.
@Suite struct ReadingTests {
    @Test func `options and arguments stand in any order`() throws {
        let read = try Sample.from("-q", "door", "--coats", "2", "red", "--note=wet paint", "brush", "roller")
        #expect(read.thing == "door" && read.color == .red && read.tools == ["brush", "roller"])
        #expect(read.isQuiet && !read.isDryRun && read.coats == 2 && read.note == "wet paint")
    }

    @Test func `what is not given has its default`() throws {
        var expected = Sample()
        expected.thing = "door"
        #expect(try Sample.from("door") == expected)
    }

    @Test(arguments: [["-nq", "door"], ["door", "-q", "-n"], ["--quiet", "door", "--dry-run"]])
    func `flags of one letter may be joined`(_ words: [String]) throws {
        let read = try Sample.read(words)
        #expect(read.isQuiet && read.isDryRun && read.thing == "door")
    }

    @Test func `a value may hold what is a sign elsewhere`() throws {
        #expect(try Sample.from("door", "--note", "--wet").note == "--wet")
        #expect(try Sample.from("door", "--note", "- item").note == "- item")
        #expect(try Sample.from("door", "--note=--quiet").note == "--quiet")
        #expect(try Sample.from("door", "--note", "-").note == "-")
        #expect(try Sample.from("door", "--note=a=b").note == "a=b")
        #expect(try Sample.from("door", "--note=").note == "")
        #expect(try Sample.from("door", "--note", "").note == "")
        #expect(try Sample.from("door", "--note", "--").note == "--")
    }

    @Test func `a forgotten value is noticed, and a joined one is taken`() throws {
        #expect(mistake("door", "--db", "--quiet") == "lacks --db <db>")
        #expect(mistake("door", "--coats") == "lacks --coats <n>")
        // An option of the command is no text, or the line would be done in earnest.
        for word in ["--dry-run", "-n", "-nq", "--coats=2"] { #expect(mistake("door", "--note", word) == "lacks --note <note>") }
        #expect(try Sample.from("door", "--db=--quiet").place.db == "--quiet")
        #expect(try Sample.from("door", "--db", "-").place.db == "-")
    }

    @Test func `what stands behind two dashes is an argument`() throws {
        let read = try Sample.from("--", "-q", "red", "--", "--note")
        #expect(read.thing == "-q" && !read.isQuiet && read.tools == ["--", "--note"])
        #expect(try Sample.from("-").thing == "-")
    }

    @Test func `of an option that is given twice the last one counts`() throws {
        let read = try Sample.from("door", "--coats", "2", "--coats=3", "-q", "--quiet")
        #expect(read.coats == 3 && read.isQuiet)
    }

    @Test func `an option without a page is understood`() throws {
        #expect(try Sample.from("door", "--colour", "green").color == .green)
    }

    @Test func `a group refuses values that do not fit together`() {
        #expect(mistake("door", "--db", "x", "--server", "y") == "give only one of --db and --server")
    }

    @Test func `mistakes come in their order`() {
        #expect(mistake("--coats", "--nte", "x", "--quiet=yes", "door", "blue") == "unknown option 1")
        #expect(mistake("--quiet=yes", "door", "blue", "--coats", "many") == "value blue at 2")
        #expect(mistake("--quiet=yes", "door", "--coats", "many") == "unreadable --coats <n> at 3")
        #expect(mistake("--quiet=yes") == "no value --quiet")
        #expect(mistake("--coats", "1") == "missing <thing>")
        #expect(mistake("-qx", "door") == "unknown option 0")
        #expect(mistake("door", "--=x") == "unknown option 1" && mistake("door", "--==") == "unknown option 1")
    }

    @Test func `a word too many is found`() {
        do throws(LineMistake) {
            _ = try Sample.Place.read(["--db", "x", "one", "two"], by: Sample.Place.syntax)
            Issue.record("two words too many are taken")
        } catch {
            if case .extraWord(at: 2) = error { return }
            Issue.record("\(error)")
        }
    }

    /// The mistake in a line, in short words.
    private func mistake(_ words: String...) -> String {
        do throws(LineMistake) {
            return "none: \(try Sample.read(words))"
        } catch {
            switch error {
            case .unknownOption(let index): return "unknown option \(index)"
            case .unknownValue(_, let index): return "value \(words[index]) at \(index)"
            case .extraWord(let index): return "extra \(index)"
            case .unreadable(let parameter, let index): return "unreadable \(parameter.label) at \(index)"
            case .takesNoValue(let parameter): return "no value \(parameter.label)"
            case .lacksValue(let parameter): return "lacks \(parameter.label)"
            case .missing(let parameter): return "missing \(parameter.label)"
            case .refused(let message): return message
            }
        }
    }
}
