internal import Foundation

/// Plays transcripts, each in a session of its own.
package struct TranscriptRunner: Sendable {
    /// One command that answered something else.
    package struct Mismatch: Sendable, CustomStringConvertible {
        package let line: Int
        package let description: String
    }

    /// What the users' commands act on.
    package enum Way: Sendable {
        case file
        case server
        #if PostgreSQL
            case postgreSQL
        #endif

        /// - Parameter home: The folder of the session.
        func place(home: URL) async throws -> (any TranscriptPlace)? {
            switch self {
            case .file: nil
            case .server: try await TranscriptServer(home: home)
            #if PostgreSQL
                case .postgreSQL: try await TranscriptCluster(home: home)
            #endif
            }
        }
    }

    private let environment: [String: String]
    private let way: Way
    private let isPage: Bool

    /// - Parameters:
    ///   - environment: Variables that every command sees.
    ///   - isPage: Whether the transcript is a page's, which shows what a terminal does: both streams together and in their
    ///     order, without marks. A line may end in CRLF there, as HTTP's headers do.
    package init(environment: [String: String] = [:], through way: Way = .file, isPage: Bool = false) {
        self.environment = environment
        self.way = way
        self.isPage = isPage
    }

    /// Plays a transcript to its end.
    ///
    /// - Returns: What was not as written, and the transcript as it would have to be written.
    package func play(_ transcript: Transcript) async throws -> (mismatches: [Mismatch], played: Transcript) {
        var session = try ShellSession(environment: environment)
        defer { session.remove() }
        var place = try await way.place(home: session.home)
        if let place { session.findPrograms(in: place.path) }
        let answer: (mismatches: [Mismatch], played: Transcript)
        do {
            answer = try await play(transcript, in: session, &place)
        } catch {
            _ = try? await place?.close()
            throw error
        }
        try await place?.close()
        return answer
    }

    private func play(
        _ transcript: Transcript, in session: ShellSession, _ place: inout (any TranscriptPlace)?
    ) async throws -> (mismatches: [Mismatch], played: Transcript) {
        var mismatches: [Mismatch] = []
        var played = transcript
        for (index, step) in transcript.steps.enumerated() {
            if step.makesAccount { try await place?.open() }
            let answer = try await session.run(step.script, together: isPage)
            let output = lines(of: answer.output)
            let errors = lines(of: answer.errors).map(Transcript.marked)
            let differences =
                isPage
                ? [difference(step.output, output, session)]
                : [
                    difference(step.lines(onStandardError: false), output, session),
                    difference(step.lines(onStandardError: true), errors, session),
                ]
            let isSame = differences.allSatisfy(\.isEmpty)
            if !isSame || answer.status != step.status {
                mismatches.append(Self.mismatch(step, differences, status: answer.status))
            }
            // Where all is as it was, so is the order of the streams.
            if !isSame {
                played.steps[index].output = differences.flatMap {
                    $0.merged { ExpectedLine.generalized($0, home: session.home.path, today: Self.today) }
                }
            }
            played.steps[index].status = answer.status
        }
        return (mismatches, played)
    }

    private func difference(
        _ expected: [String], _ actual: [String], _ session: ShellSession
    ) -> LineDifference {
        LineDifference(expected: expected, actual: actual, home: session.home.path)
    }

    private func lines(of output: String) -> [String] {
        let text = isPage ? output.replacingOccurrences(of: "\r\n", with: "\n") : output
        var lines = text.components(separatedBy: "\n")
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    private static func mismatch(
        _ step: Transcript.Step, _ differences: [LineDifference], status: Int32
    ) -> Mismatch {
        var lines = ["$ \(step.script)"] + differences.map(\.description).filter { !$0.isEmpty }
        if status != step.status { lines += ["- ? \(step.status)", "+ ? \(status)"] }
        return Mismatch(line: step.line, description: lines.joined(separator: "\n"))
    }

    /// The day in UTC, as release dates have it.
    private static var today: String {
        String(Date().ISO8601Format().prefix(10))
    }
}
