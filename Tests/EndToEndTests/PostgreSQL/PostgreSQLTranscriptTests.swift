#if PostgreSQL
    import LMSTestSupport
    import Testing

    extension PostgreSQLTests {
        /// The same commands answer the same on PostgreSQL.
        @Suite struct Transcripts {
            @Test(
                .timeLimit(.minutes(5)),
                arguments: TranscriptFile.all.filter { !$0.isLocal && !$0.isAboutFiles })
            func `every command answers the same on PostgreSQL`(_ file: TranscriptFile) async throws {
                let runner = TranscriptRunner(environment: ["TZ": "Asia/Jakarta"], through: .postgreSQL)
                for mismatch in try await runner.play(Transcript(contentsOf: file.url)).mismatches {
                    Issue.record("on PostgreSQL, \(file):\(mismatch.line)\n\(mismatch)")
                }
            }
        }
    }
#endif
