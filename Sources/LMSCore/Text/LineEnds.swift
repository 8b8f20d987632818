extension String {
    /// Whether two texts are the same but for how their lines end: with LF, CR LF or CR.
    func hasSameLines(as other: String) -> Bool {
        utf8.withUniformLineEnds.elementsEqual(other.utf8.withUniformLineEnds)
    }
}

extension String.UTF8View {
    /// The bytes, each end of a line as one LF.
    fileprivate var withUniformLineEnds: UnfoldSequence<UInt8, (Index, Bool)> {
        sequence(state: (startIndex, false)) { state in
            while state.0 < endIndex {
                let byte = self[state.0]
                state.0 = index(after: state.0)
                let isBehindReturn = state.1
                state.1 = byte == UInt8(ascii: "\r")
                if byte == UInt8(ascii: "\n"), isBehindReturn { continue }
                return state.1 ? UInt8(ascii: "\n") : byte
            }
            return nil
        }
    }
}
