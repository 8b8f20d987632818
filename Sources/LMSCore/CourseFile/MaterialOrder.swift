/// The order of a course's materials after a list was applied to it. Each is a number here: titles would be compared
/// many times, while others wait.
///
/// Those that the list names stand in its order. Those that it does not name stay behind the one that they follow now.
struct MaterialOrder {
    /// The materials, in the order that they shall have.
    let numbers: [Int]
    /// Those that must be taken out of their row to get there: as few as can be.
    let moved: Set<Int>

    /// - Parameters:
    ///   - current: Those that stay, in their order.
    ///   - wanted: Those of the list; some may be new.
    init(_ current: [Int], wanted: [Int]) {
        let named = Set(wanted)
        var followers: [Int: [Int]] = [:]
        var first: [Int] = []
        var last: Int?
        for number in current {
            if named.contains(number) {
                last = number
            } else if let last {
                followers[last, default: []].append(number)
            } else {
                first.append(number)
            }
        }
        numbers = first + wanted.flatMap { [$0] + (followers[$0] ?? []) }

        let indexes = Dictionary(current.enumerated().map { ($1, $0) }) { first, _ in first }
        let survivors = numbers.filter { indexes[$0] != nil }
        let row = Self.longestRow(survivors.map { indexes[$0] ?? 0 })
        moved = Set(survivors.indices.filter { !row.contains($0) }.map { survivors[$0] })
    }

    /// The indexes of a longest row of numbers that grow. Source: Schensted (1961), patience sorting.
    private static func longestRow(_ numbers: [Int]) -> Set<Int> {
        // The index of the least number that a row of each length can end with, and what stands before each.
        var ends: [Int] = []
        var before = [Int](repeating: -1, count: numbers.count)
        for (index, number) in numbers.enumerated() {
            var (low, high) = (0, ends.count)
            while low < high {
                let middle = (low + high) / 2
                if numbers[ends[middle]] < number { low = middle + 1 } else { high = middle }
            }
            if low > 0 { before[index] = ends[low - 1] }
            if low == ends.count { ends.append(index) } else { ends[low] = index }
        }
        var row: Set<Int> = []
        var index = ends.last ?? -1
        while index >= 0 {
            row.insert(index)
            index = before[index]
        }
        return row
    }
}
