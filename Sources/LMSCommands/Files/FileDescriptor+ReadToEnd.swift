internal import SystemPackage

extension FileDescriptor {
    /// What is left to read, but no more than `limit` bytes.
    ///
    /// - Throws: `Errno`.
    func readToEnd(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < limit {
            let wanted = min(buffer.count, limit - bytes.count)
            let count = try buffer.withUnsafeMutableBytes {
                try read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<wanted]))
            }
            if count == 0 { break }
            bytes += buffer.prefix(count)
        }
        return bytes
    }
}
