internal import LMSCore
internal import LMSText
internal import SystemPackage

/// The zone database of this machine: the folder that `TZDIR` names, or the system's.
struct ZoneFiles {
    private let environment: Environment
    private let folder: String

    init(_ environment: Environment) {
        self.environment = environment
        folder = environment["TZDIR"] ?? "/usr/share/zoneinfo"
    }

    /// What the zone database has of a zone.
    ///
    /// - Throws: `LMSError` `invalid` where there is no such zone, `notFound` where there is no zone database, `io` where it cannot
    ///   be read.
    func read(_ name: String) throws -> [UInt8] {
        // Before anything is opened: a name is a path, and must not lead out of the folder.
        guard Zone.isName(name) else { throw LMSError.noZone(name) }
        let file = "\(folder)/\(name)"
        do {
            guard let bytes = try bytes(of: file) else { throw LMSError.noZone(name) }
            return bytes
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
            guard isThere else {
                throw LMSError(
                    .notFound, "this machine has no time zones: there is no folder \(folder)",
                    hint: """
                        Install them (Debian's package tzdata), name their folder with TZDIR, or say how far the school is \
                        from UTC: lms db timezone +07:00
                        """)
            }
            throw LMSError.noZone(name)
        } catch let error as Errno {
            throw LMSError(.io, "cannot read \(file)", error)
        }
    }

    /// The zone of whoever sits at this terminal, as `TZ` has it, or else the machine; `nil` where nothing tells it, or it cannot
    /// be read.
    ///
    /// Source: POSIX.1-2024, section 8.3, "TZ"; where it is not set, systems have the zone's file at `/etc/localtime`.
    func readerZone() -> Zone? {
        guard let text = environment["TZ"] else {
            // Set and empty, it means UTC.
            return environment.isEmpty("TZ") ? .utc : zone(at: "/etc/localtime")
        }
        let name = text.hasPrefix(":") ? String(text.dropFirst()) : text
        if name.hasPrefix("/") { return zone(at: name) }
        let known = Zone.isName(name) ? zone(at: "\(folder)/\(name)") : nil
        return known ?? Zone(name, rule: text)
    }

    private func zone(at path: String) -> Zone? {
        (try? bytes(of: path)).flatMap { Zone(path, file: $0) }
    }

    private var isThere: Bool {
        guard let descriptor = try? FileDescriptor.open(folder, .readOnly, options: [.directory, .closeOnExec]) else {
            return false
        }
        try? descriptor.close()
        return true
    }

    /// - Returns: `nil` for what is no file, or too large for a zone.
    /// - Throws: `Errno`.
    private func bytes(of path: String) throws -> [UInt8]? {
        // Non-blocking, because opening a named pipe would wait for its writer.
        let descriptor = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
        defer { try? descriptor.close() }
        guard try descriptor.stat().type == .regular else { return nil }
        let bytes = try descriptor.readToEnd(limit: Zone.fileLimit + 1)
        return bytes.count <= Zone.fileLimit ? bytes : nil
    }
}
