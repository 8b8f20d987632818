internal import LMSCore
internal import LMSText

extension LMSError {
    /// `{"error":{…}}`, with the keys that the API's answers have too; behind it `causes`, where there are any to tell.
    func json(causes: [String]) -> String {
        JSONWriter.text { json in
            json.object { json in
                json.key("error")
                json.object(write)
                guard !causes.isEmpty else { return }
                json.key("causes")
                json.array { json in
                    for cause in causes { json.write(cause) }
                }
            }
        }
    }

    private func write(to json: inout JSONWriter) {
        json.key("code")
        json.write(code.rawValue)
        json.key("message")
        json.write(message)
        if let hint {
            json.key("hint")
            json.write(hint)
        }
        if let retryAfter {
            json.key("retry_after")
            json.write(retryAfter)
        }
        if let problems {
            json.key("problems")
            json.array { json in
                for problem in problems {
                    json.object { json in Self.write(problem, to: &json) }
                }
            }
        }
    }

    private static func write(_ problem: FileProblem, to json: inout JSONWriter) {
        json.key("file")
        json.write(problem.file)
        json.key("line")
        json.write(problem.line)
        json.key("column")
        json.write(problem.column)
        json.key("message")
        json.write(problem.message)
    }
}
