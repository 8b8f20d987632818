import Testing

@testable import LMSCommandLine

/// What is rendered as a line reads back as the same values, however it is written.
@Suite struct RoundTripTests {
    @Test(arguments: 1...40)
    func `values written as a line are read again`(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        for _ in 0..<100 {
            let sample = Self.sample(&random)
            let line = Self.line(of: sample, &random)
            #expect(try Sample.read(line) == sample, "\(line)")
        }
    }

    private static let texts = ["", "-", "--", "-q", "--quiet", "a=b", "=", "door", "red", "two words", "é", "--note=x", "-nq"]

    private static func sample(_ random: inout SplitMix) -> Sample {
        var sample = Sample()
        sample.thing = texts.randomElement(using: &random) ?? ""
        if Bool.random(using: &random) {
            sample.color = Sample.Color.allCases.randomElement(using: &random)
            sample.tools = (0..<Int.random(in: 0...3, using: &random)).map { _ in texts.randomElement(using: &random) ?? "" }
        }
        sample.note = Bool.random(using: &random) ? texts.randomElement(using: &random) : nil
        sample.coats = Bool.random(using: &random) ? Int.random(in: 0...9, using: &random) : nil
        sample.isQuiet = Bool.random(using: &random)
        sample.isDryRun = Bool.random(using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: sample.place.db = texts.randomElement(using: &random)
        case 1: sample.place.server = texts.randomElement(using: &random)
        default: break
        }
        return sample
    }

    /// Whether a text is written like an option of the command, so that it must be joined.
    private static func isOption(_ text: String) -> Bool { ["-q", "--quiet", "--note=x", "-nq"].contains(text) }

    /// The line in one of the ways in which it can be written: options before, among and behind the arguments.
    private static func line(of sample: Sample, _ random: inout SplitMix) -> [String] {
        var options: [[String]] = []
        if let note = sample.note {
            options.append(isOption(note) || Bool.random(using: &random) ? ["--note=\(note)"] : ["--note", note])
        }
        if let coats = sample.coats { options.append(["--coats", "\(coats)"]) }
        if let db = sample.place.db { options.append(["--db=\(db)"]) }
        if let server = sample.place.server { options.append(["--server=\(server)"]) }
        switch (sample.isQuiet, sample.isDryRun) {
        case (true, true): options.append(Bool.random(using: &random) ? ["-nq"] : ["--dry-run", "-q"])
        case (true, false): options.append(["--quiet"])
        case (false, true): options.append(["-n"])
        case (false, false): break
        }
        options.shuffle(using: &random)
        let arguments = [sample.thing] + (sample.color.map { [$0.rawValue] } ?? []) + sample.tools
        let needsDashes = arguments.contains { $0.hasPrefix("-") && $0 != "-" }
        guard !needsDashes else { return options.flatMap(\.self) + ["--"] + arguments }
        var words = arguments.map { [$0] }
        for option in options { words.insert(option, at: Int.random(in: 0...words.count, using: &random)) }
        return words.flatMap(\.self)
    }
}

/// Random numbers that are the same for the same seed.
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
