internal import CMalloc

/// How large blocks of memory, such as bodies and answers, are given back.
enum LargeBlocks {
    /// In bytes.
    private static let size: CInt = 256 << 10

    /// Has each go back to the system as soon as it is freed. By default the GNU C library keeps them in the pools of its
    /// threads, with gaps that nothing fits into: under a flood 570 MiB where 400 are enough.
    static func returnWhenFreed() {
        #if canImport(Glibc)
            _ = mallopt(M_MMAP_THRESHOLD, size)
        #endif
    }
}
