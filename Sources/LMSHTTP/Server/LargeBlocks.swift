internal import CMalloc

/// Large pieces of memory: bodies, and answers.
enum LargeBlocks {
    /// In bytes.
    private static let size: CInt = 256 << 10

    /// Each goes back to the system as soon as nobody needs it. By itself the GNU C library would keep them in
    /// the pools of its threads, with gaps that nothing fits into: under a flood 570 MiB where 400 are enough.
    static func returnWhenFreed() {
        #if canImport(Glibc)
            _ = mallopt(M_MMAP_THRESHOLD, size)
        #endif
    }
}
