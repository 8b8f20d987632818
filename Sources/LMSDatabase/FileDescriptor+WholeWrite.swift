package import SystemPackage

extension FileDescriptor {
    /// Writes all bytes, going on after a signal and after a write that took a part only.
    ///
    /// swift-system's own `writeAll` takes any sequence: for the first one of a program, the runtime looks through all
    /// conformances, which takes longer than the write.
    ///
    /// - Throws: `Errno`.
    package func writeAll(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { all in
            var written = 0
            while written < all.count {
                written += try write(UnsafeRawBufferPointer(rebasing: all[written...]))
            }
        }
    }
}
