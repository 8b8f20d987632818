internal import Glibc

/// The descriptors for input, output and messages.
package struct Streams: Sendable {
    package let input: Int32
    package let output: Int32
    package let error: Int32

    package init(input: Int32, output: Int32, error: Int32) {
        self.input = input
        self.output = output
        self.error = error
    }

    package static let standard = Streams(input: 0, output: 1, error: 2)

    /// Fills standard descriptors that the parent closed, so that a database cannot be opened under
    /// their numbers. Input is opened for writing and outputs for reading, so that using them fails as before.
    static func reserveStandardDescriptors() {
        for (descriptor, flags) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", flags)
        }
    }
}
