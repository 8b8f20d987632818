/// A set of ids that are close together, with a bit for each.
struct IDSet {
    private var words: [Int64: UInt64] = [:]
    /// The word that ids are put into now, outside of the dictionary: ids come in their order.
    private var current: (key: Int64, bits: UInt64) = (0, 0)

    var isEmpty: Bool { words.isEmpty && current.bits == 0 }

    mutating func insert(_ id: Int64) {
        let key = id >> 6
        if key != current.key {
            if current.bits != 0 { words[current.key] = current.bits }
            current = (key, words[key] ?? 0)
        }
        current.bits |= 1 << UInt64(id & 63)
    }

    func contains(_ id: Int64) -> Bool {
        let key = id >> 6
        let bits = key == current.key ? current.bits : words[key] ?? 0
        return bits & 1 << UInt64(id & 63) != 0
    }

    /// The ids in their order, as runs without a gap.
    var runs: [ClosedRange<Int64>] {
        var all = words
        if current.bits != 0 { all[current.key] = current.bits }
        var runs: [ClosedRange<Int64>] = []
        for key in all.keys.sorted() {
            let bits = all[key] ?? 0
            for bit in 0..<Int64(64) where bits & 1 << UInt64(bit) != 0 {
                let id = key << 6 | bit
                if let last = runs.last, last.upperBound == id &- 1 {
                    runs[runs.count - 1] = last.lowerBound...id
                } else {
                    runs.append(id...id)
                }
            }
        }
        return runs
    }
}
