package import Foundation

/// A terminal session written down: commands, and what they must answer.
///
/// A text in which `$ ` begins a shell command and `> ` continues it. The lines that follow are what it writes: those with
/// `! ` on standard error, the others on standard output. In which order the two streams were written is not compared.
/// `? 66` is the exit status where that is not 0. Lines with `# ` before a command are commentary. Blank lines at the end of
/// what was written do not count.
package struct Transcript: Sendable {
    package struct Step: Sendable {
        /// The commentary and blank lines before the command.
        package var preamble: [String] = []
        package var command: [String] = []
        /// What it writes, line by line, with the marks of standard error.
        package var output: [String] = []
        package var status: Int32 = 0
        /// The command's line in the file, from 1.
        package var line: Int

        package init(line: Int) {
            self.line = line
        }

        /// The lines of one of the streams.
        func lines(onStandardError: Bool) -> [String] {
            output.filter { Transcript.isOnStandardError($0) == onStandardError }
        }

        /// What the shell runs.
        package var script: String { command.joined(separator: "\n") }

        /// Whether there is somebody afterwards who can sign in.
        var makesAccount: Bool {
            let isDryRun = script.contains(" -n ") || script.contains("--dry-run")
            return script.contains("lms register") && !isDryRun
        }
    }

    package struct Malformed: Error, CustomStringConvertible {
        package let description: String
    }

    package var steps: [Step] = []
    /// What follows the last step.
    package var epilogue: [String] = []

    package init() {}

    /// Why the session is about this machine alone, so that it is not played through a server: what a first
    /// line `# local: …` says.
    package var localReason: String? { reason(markedBy: "# local:") }

    /// Why the session is about a database in a file, so that it is not played on PostgreSQL: what a first line
    /// `# file: …` says.
    package var fileReason: String? { reason(markedBy: "# file:") }

    private func reason(markedBy mark: String) -> String? {
        guard let line = steps.first?.preamble.first, line.hasPrefix(mark) else { return nil }
        return line.dropFirst(mark.count).trimmingCharacters(in: .whitespaces)
    }

    static func isOnStandardError(_ line: String) -> Bool { line == "!" || line.hasPrefix("! ") }

    /// A line of standard error with its mark.
    static func marked(_ line: String) -> String { line.isEmpty ? "!" : "! \(line)" }

    package init(contentsOf url: URL) throws {
        try self.init(String(contentsOf: url, encoding: .utf8))
    }

    package init(_ text: String) throws {
        var pending: [String] = []
        var isEnded = true
        var lines = text.components(separatedBy: "\n")
        if lines.last == "" { lines.removeLast() }
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("$ ") {
                var step = Step(line: index + 1)
                step.preamble = pending + takePreamble()
                step.command = [String(line.dropFirst(2))]
                steps.append(step)
                (pending, isEnded) = ([], false)
            } else if let last = steps.indices.last, !isEnded {
                let isContinuation = steps[last].output.isEmpty && (line.hasPrefix("> ") || line == ">")
                if isContinuation {
                    steps[last].command.append(String(line.dropFirst(2)))
                } else if line.hasPrefix("? "), let status = Int32(line.dropFirst(2)) {
                    steps[last].status = status
                    isEnded = true
                } else {
                    steps[last].output.append(line)
                }
            } else if line.isEmpty || line.hasPrefix("#") {
                pending.append(line)
            } else {
                throw Malformed(description: "line \(index + 1) belongs to no command: \(line)")
            }
        }
        epilogue = pending + takePreamble()
    }

    /// Takes the blank lines and the commentary off the end of the last output.
    private mutating func takePreamble() -> [String] {
        guard let last = steps.indices.last else { return [] }
        var taken: [String] = []
        while let line = steps[last].output.last, line.isEmpty || line.hasPrefix("# ") || line == "#" {
            taken.insert(line, at: 0)
            steps[last].output.removeLast()
        }
        return taken
    }

    /// The transcript as it is written to its file.
    package var text: String {
        var lines: [String] = []
        for step in steps {
            lines += step.preamble
            for (index, line) in step.command.enumerated() {
                lines.append(index == 0 ? "$ \(line)" : line.isEmpty ? ">" : "> \(line)")
            }
            lines += step.output
            if step.status != 0 { lines.append("? \(step.status)") }
        }
        return (lines + epilogue).joined(separator: "\n") + "\n"
    }
}
