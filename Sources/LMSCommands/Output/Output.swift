internal import LMSCore
internal import LMSDatabase
internal import SystemPackage

/// Standard output. Every write is checked: an answer that cannot be written is a failure.
///
/// Used by one command at a time, on the thread that waits for it.
final class Output {
    private var descriptor: Int32
    private var buffer: [UInt8] = []
    private var pager: Pager?

    /// Lines that are held back until it is clear whether they need a pager.
    private var linesBeforePager: Int?

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// - Parameter pager: What shows an output of more than `lines` lines.
    init(descriptor: Int32, pager: Pager?, lines: Int) {
        self.descriptor = descriptor
        self.pager = pager
        linesBeforePager = pager == nil ? nil : lines
    }

    /// Prints a text on the process's standard output, with a line's end behind it.
    static func print(_ text: String) throws(OutputFailure) {
        try Output(descriptor: Invocation.current.streams.output).writeWhole(text)
    }

    /// Writes a text that is all there is, with a line's end behind it.
    func writeWhole(_ text: String) throws(OutputFailure) {
        try write(text.hasSuffix("\n") ? text : text + "\n")
        try finish()
    }

    func write(_ text: String) throws(OutputFailure) {
        buffer.append(contentsOf: text.utf8)
        if let limit = linesBeforePager {
            guard buffer.count(where: { $0 == UInt8(ascii: "\n") }) > limit else { return }
            linesBeforePager = nil
            if let pager, let pipe = pager.start() { descriptor = pipe }
        }
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Waits for the pager after a failure, so that the message comes when the terminal is free.
    func abandon() {
        if let pager, pager.isRunning { try? finish() }
    }

    /// Writes what is left, and waits for the reader at the pager.
    func finish() throws(OutputFailure) {
        linesBeforePager = nil
        guard let pager, pager.isRunning else { return try flush() }
        // A pager that was left early is no failure: whoever left it has seen enough.
        try? flush()
        pager.finish()
    }

    private func flush() throws(OutputFailure) {
        do {
            try FileDescriptor(rawValue: descriptor).writeAll(buffer)
        } catch Errno.brokenPipe {
            throw .readerLeft
        } catch {
            throw .failed(LMSError(.io, "the output could not be written", error as? Errno ?? .ioError))
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
