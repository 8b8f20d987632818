internal import Foundation
internal import LMSCore

/// Lets a person write a text in their own editor, as git does.
struct TextEditor {
    let console: Console

    /// Opens `$VISUAL` or `$EDITOR` on an empty file, and hands over what was saved.
    ///
    /// Where `body` fails, the file stays, and its author is told where.
    ///
    /// - Throws: `LMSError` `usage` where nobody is there to write or no editor is known; what `body`
    ///   throws.
    func write(_ body: (String) async throws -> Void) async throws {
        guard console.isInteractive else {
            throw LMSError(
                .usage, "the material has no text",
                hint: "Give it with --description TEXT or --description-file FILE.")
        }
        guard let editor = console.environment["VISUAL"] ?? console.environment["EDITOR"] else {
            throw LMSError(
                .usage, "no editor is known to write the text with",
                hint: "Set EDITOR, or give the text with --description TEXT or --description-file FILE.")
        }
        let path = try makeFile()
        let child = try ChildProcess(shell: "\(editor) \(shellQuoted(path))", input: console.streams.input)
        guard child.wait() == 0 else {
            unlink(path)
            throw LMSError(.usage, "the editor ended with an error: nothing was changed")
        }
        guard !isEmpty(path) else {
            unlink(path)
            throw LMSError(.invalid, "the text is empty: nothing was changed")
        }
        do {
            try await body(try TextInput.read(path: path, console))
        } catch {
            console.note("What you wrote is kept in \(path)")
            throw error
        }
        unlink(path)
    }

    /// Whether nothing was written; an editor that removed the file wrote nothing either.
    private func isEmpty(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) != 0 || status.st_size == 0
    }

    /// An empty file with mode 0600.
    private func makeFile() throws -> String {
        var template = Array("\(console.environment["TMPDIR"] ?? "/tmp")/lms-XXXXXX.md".utf8CString)
        let descriptor = mkstemps(&template, 3)
        guard descriptor >= 0 else { throw LMSError(.io, "no temporary file can be made for the editor") }
        close(descriptor)
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
