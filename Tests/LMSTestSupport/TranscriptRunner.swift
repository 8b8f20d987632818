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
    private let dropsReturns: Bool

    /// - Parameters:
    ///   - environment: Variables that every command sees.
    ///   - dropsReturns: Whether lines may end in CRLF, as HTTP's headers do.
    package init(
        environment: [String: String] = [:], through way: Way = .file, dropsReturns: Bool = false
    ) {
        self.environment = environment
        self.way = way
        self.dropsReturns = dropsReturns
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
            let answer = try await session.run(step.script)
            let difference = LineDifference(
                expected: step.output, actual: lines(of: answer.output), home: session.home.path)
            if !difference.isEmpty || answer.status != step.status {
                mismatches.append(Self.mismatch(step, difference, status: answer.status))
            }
            played.steps[index].output = difference.merged {
                ExpectedLine.generalized($0, home: session.home.path, today: Self.today)
            }
            played.steps[index].status = answer.status
        }
        return (mismatches, played)
    }

    private func lines(of output: String) -> [String] {
        let text = dropsReturns ? output.replacingOccurrences(of: "\r\n", with: "\n") : output
        var lines = text.components(separatedBy: "\n")
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    private static func mismatch(
        _ step: Transcript.Step, _ difference: LineDifference, status: Int32
    ) -> Mismatch {
        var text = "$ \(step.script)\n\(difference.description)"
        if status != step.status { text += "\n- ? \(step.status)\n+ ? \(status)" }
        return Mismatch(line: step.line, description: text)
    }

    /// The day in UTC, as release dates have it.
    private static var today: String {
        String(Date().ISO8601Format().prefix(10))
    }
}
