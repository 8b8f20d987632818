/// The hashes of some rows' passwords in one array of bytes, since there may be a million.
struct HashedPasswords: Sendable {
    /// Bytes for each hash. Those that lms makes are shorter.
    private static let width = 128
    /// The numbers of the rows, ascending.
    private let rows: [Int32]
    private var bytes: [UInt8]

    init(rows: [Int32] = []) {
        self.rows = rows
        bytes = [UInt8](repeating: 0, count: rows.count * Self.width)
    }

    /// - Parameter index: Which one of the rows.
    mutating func set(_ hash: PasswordHash, at index: Int) {
        var offset = index * Self.width
        for byte in hash.phc.utf8.prefix(Self.width) {
            bytes[offset] = byte
            offset += 1
        }
    }

    func hash(ofRow row: Int) -> PasswordHash? {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(rows[middle]) < row { low = middle + 1 } else { high = middle }
        }
        guard low < rows.count, Int(rows[low]) == row else { return nil }
        let slot = bytes[low * Self.width..<(low + 1) * Self.width]
        return PasswordHash(phc: String(decoding: slot.prefix { $0 != 0 }, as: UTF8.self))
    }
}
