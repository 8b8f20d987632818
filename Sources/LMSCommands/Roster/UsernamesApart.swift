internal import LMSCommandLine
internal import LMSCore

extension [Username] {
    /// Refuses several names in one argument, as quotes around them make it.
    ///
    /// - Throws: `LineMistake` that shows how they are written.
    func requireApart() throws(LineMistake) {
        let separators: Set<Character> = [",", ";", " ", "\t", "\n"]
        for word in map(\.rawValue) {
            let names = word.split(whereSeparator: separators.contains).joined(separator: " ")
            guard names.contains(" ") || word.contains(where: { $0 == "," || $0 == ";" }) else { continue }
            throw .refused(
                "'\(word)' is not one username: write several with a blank between them, without quotes: \(names)"
            )
        }
    }
}
