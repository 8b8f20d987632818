extension String {
    /// Whether two texts are the same but for how their lines end: with LF, CR LF or CR.
    package func hasSameLines(as other: String) -> Bool {
        var (left, right) = (self, other)
        return left.withUTF8 { left in right.withUTF8 { left.hasSameLines(as: $0) } }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Compares buffers, which is faster than views of a `String`: an apply compares all texts of a course while nobody else can
    /// write.
    fileprivate func hasSameLines(as other: Self) -> Bool {
        var (own, its) = (0, 0)
        while own < count, its < other.count {
            let byte = self[own]
            if byte == other[its], byte != UInt8(ascii: "\r") {
                own += 1
                its += 1
                continue
            }
            let lengths = (lengthOfLineEnd(at: own), other.lengthOfLineEnd(at: its))
            guard lengths.0 > 0, lengths.1 > 0 else { return false }
            own += lengths.0
            its += lengths.1
        }
        return own == count && its == other.count
    }

    /// - Returns: 0 where no line ends.
    private func lengthOfLineEnd(at index: Int) -> Int {
        switch self[index] {
        case UInt8(ascii: "\n"): 1
        case UInt8(ascii: "\r"): index + 1 < count && self[index + 1] == UInt8(ascii: "\n") ? 2 : 1
        default: 0
        }
    }
}
