/// Where the physical lines of a text begin, so that a place in it can be named.
///
/// A YAML reader counts other characters as ends of lines too, and an editor does not.
struct LineTable {
    /// In Unicode scalars from the text's beginning.
    private let starts: [Int]

    init(_ text: String) {
        var starts = [0]
        var count = 0
        for byte in text.utf8 where byte & 0xc0 != 0x80 {
            count += 1
            if byte == UInt8(ascii: "\n") { starts.append(count) }
        }
        self.starts = starts
    }

    /// The line and the column of a place, both from 1.
    ///
    /// - Parameter place: In Unicode scalars from the text's beginning.
    func position(of place: Int) -> (line: Int, column: Int) {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= place { low = middle } else { high = middle }
        }
        return (low + 1, place - starts[low] + 1)
    }
}
