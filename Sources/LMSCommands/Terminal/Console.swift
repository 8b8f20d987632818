internal import Glibc
internal import LMSCore
internal import LMSText
internal import SystemPackage

/// The person at the terminal, if there is one: messages, questions, sizes.
package struct Console: Sendable {
    let streams: Streams
    let environment: Environment
    /// Whether messages may be coloured.
    let hasColor: Bool

    init(_ invocation: Invocation, wantsColor: Bool) {
        streams = invocation.streams
        environment = invocation.environment
        hasColor =
            wantsColor && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
    }

    var outputIsTerminal: Bool { isatty(streams.output) == 1 }
    var errorIsTerminal: Bool { isatty(streams.error) == 1 }

    /// Whether somebody is there to answer.
    var isInteractive: Bool { isatty(streams.input) == 1 && errorIsTerminal }

    /// The terminal's size in characters.
    var size: (columns: Int, rows: Int) {
        var size = winsize()
        let isKnown = ioctl(streams.output, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let columns = environment["COLUMNS"].flatMap(Int.init) ?? (isKnown ? Int(size.ws_col) : 80)
        return (max(columns, 20), isKnown ? max(Int(size.ws_row), 2) : 24)
    }

    /// Writes to standard error. There is nowhere left to say that it failed.
    func write(_ text: String) {
        _ = try? FileDescriptor(rawValue: streams.error).writeAll(text.utf8)
    }

    /// A note beside the result.
    func note(_ text: String) {
        write("\(VisibleText.line(text))\n")
    }

    /// What is wrong, what to do next, and with `LMS_DEBUG` why it happened.
    func report(_ error: LMSError) {
        // Several problems have a line each, and the message sums them up.
        let problems = error.problems ?? []
        let lines = (problems.count == 1 ? [] : problems.map(\.text)) + [error.message]
        var text = lines.map { styled("lms: ", .bad) + VisibleText.line($0) + "\n" }.joined()
        // A hint has a line for each rule.
        for hint in error.hint?.split(separator: "\n") ?? [] { text += VisibleText.line(String(hint)) + "\n" }
        if environment.tellsCauses {
            for cause in error.causes { text += "caused by: \(VisibleText.line(cause))\n" }
        }
        write(text)
    }

    enum Style: String {
        case bad = "31"
        case strong = "1"
    }

    private func styled(_ text: String, _ style: Style) -> String {
        hasColor && errorIsTerminal ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
    }

    /// Asks a question that `y` answers.
    func confirm(_ question: String) -> Bool {
        write("\(VisibleText.line(question)) [y/N] ")
        let answer = readLine()?.trimmed.lowercased()
        return answer == "y" || answer == "yes"
    }

    /// Reads a line from the terminal; `nil` at its end.
    func readLine() -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = try? withUnsafeMutableBytes(of: &byte) {
                try FileDescriptor(rawValue: streams.input).read(into: $0)
            }
            guard count == 1 else { return bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") { return String(validating: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
    }
}
