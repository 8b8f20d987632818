internal import NIOCore

/// The processors of this machine.
package enum Processors {
    /// How many this process may use, also where a container has fewer than the machine.
    package static var count: Int { System.coreCount }
}
