internal import Glibc
internal import LMSCore
internal import LMSText
internal import SystemPackage

/// Lets a person write a text in their own editor, as git does.
///
/// The draft is the one file of lms that has a name before it is whole: it is its author's, and stays where something goes
/// wrong.
struct TextEditor {
    private let console: Console
    private let editor: String

    /// Finds `$VISUAL`, `$EDITOR`, or vi.
    ///
    /// - Parameter missing: What to say where nobody is there to write.
    /// - Throws: `missing`, or `LMSError` `usage` where no editor is known.
    init(_ console: Console, or missing: LMSError) throws {
        guard console.isInteractive else { throw missing }
        self.console = console
        let terminal = console.environment["TERM"] ?? "dumb"
        guard
            let editor = console.environment["VISUAL"] ?? console.environment["EDITOR"]
                ?? (terminal == "dumb" ? nil : "vi")
        else { throw Self.failure("no editor is known to write the text with") }
        self.editor = editor
    }

    private static func failure(_ message: String) -> LMSError {
        LMSError(
            .usage, message,
            hint: "Set EDITOR, or give the text with --description TEXT or --description-file FILE.")
    }

    /// Opens the editor on a text, and hands over what was saved.
    ///
    /// Where `body` fails, the file stays, and its author is told where.
    ///
    /// - Throws: `LMSError` `usage` where the editor fails, `invalid` where nothing was written; what `body`
    ///   throws.
    func write(_ present: String, _ body: (String) async throws -> Void) async throws {
        let path = try makeFile(with: present)
        let child = try ChildProcess(shell: "\(editor) \(shellQuoted(path))", input: console.streams.input)
        switch child.wait() {
        case 0: break
        case 126, 127:
            unlink(path)
            throw Self.failure("the editor '\(editor)' cannot be started")
        default:
            unlink(path)
            throw LMSError(.usage, "the editor ended with an error: nothing was changed")
        }
        guard !isEmpty(path) else {
            unlink(path)
            throw LMSError(.invalid, "the text is empty: nothing was changed")
        }
        do {
            let written = try TextInput.read(path: path, console)
            // Most editors end the last line with a newline, also where there was none.
            try await body(written.isIdentical(to: present + "\n") ? present : written)
        } catch {
            console.note("What you wrote is kept in \(path)")
            throw error
        }
        unlink(path)
    }

    /// Whether nothing was written; an editor that removed the file wrote nothing either.
    private func isEmpty(_ path: String) -> Bool {
        (try? Stat(path).size) ?? 0 == 0
    }

    /// A file with mode 0600.
    private func makeFile(with text: String) throws -> String {
        var template = Array("\(console.environment["TMPDIR"] ?? "/tmp")/lms-XXXXXX.md".utf8CString)
        let descriptor = mkstemps(&template, 3)
        guard descriptor >= 0 else { throw LMSError(.io, "no temporary file can be made for the editor") }
        defer { close(descriptor) }
        do {
            try FileDescriptor(rawValue: descriptor).writeAll(text.utf8)
        } catch {
            throw LMSError(.io, "the text cannot be written to a file for the editor")
        }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
