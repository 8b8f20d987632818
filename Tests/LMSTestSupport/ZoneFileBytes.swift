/// A file of the zone database, made here: tests need none on the machine.
package enum ZoneFileBytes {
    /// A file of version 2, whose first block, for readers of version 1, says nothing.
    ///
    /// - Parameters:
    ///   - changes: Instants in seconds, and the offsets from then on, in seconds east of UTC.
    ///   - first: The offset before.
    ///   - rule: As POSIX has it in `TZ`; empty where nothing is said.
    package static func make(changes: [(at: Int64, offset: Int32)] = [], first: Int32 = 0, rule: String) -> [UInt8] {
        let offsets = [first] + changes.map(\.offset)
        var bytes = header("2", times: 0, types: 1) + type(0) + [0]
        bytes += header("2", times: changes.count, types: offsets.count)
        for change in changes { bytes += big(change.at) }
        bytes += changes.indices.map { UInt8($0 + 1) }
        for offset in offsets { bytes += type(offset) }
        return bytes + [0] + Array("\n\(rule)\n".utf8)
    }

    private static func header(_ version: Unicode.Scalar, times: Int, types: Int) -> [UInt8] {
        let counts: [Int32] = [0, 0, 0, Int32(times), Int32(types), 1]
        return Array("TZif".utf8) + [UInt8(ascii: version)] + [UInt8](repeating: 0, count: 15) + counts.flatMap(big)
    }

    private static func type(_ offset: Int32) -> [UInt8] { big(offset) + [0, 0] }

    private static func big(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}
