internal import Foundation
internal import LMSCore

/// Lets a person write a text in their own editor, as git does.
struct TextEditor {
    let console: Console

    /// Opens `$VISUAL` or `$EDITOR` on an empty file and returns what was saved.
    ///
    /// - Throws: `LMSError` `usage` where nobody is there to write or no editor is known.
    func write() throws -> String {
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
        var template = Array("\(console.environment["TMPDIR"] ?? "/tmp")/lms-XXXXXX.md".utf8CString)
        // Made with mode 0600.
        let descriptor = mkstemps(&template, 3)
        guard descriptor >= 0 else { throw LMSError(.io, "no temporary file can be made for the editor") }
        close(descriptor)
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { unlink(path) }

        let child = try ChildProcess(shell: "\(editor) \(shellQuoted(path))", input: console.streams.input)
        guard child.wait() == 0 else {
            throw LMSError(.usage, "the editor ended with an error: nothing was changed")
        }
        let text = try TextInput.read(path: path, console)
        guard !text.isEmpty else {
            throw LMSError(.invalid, "the text is empty: nothing was changed")
        }
        return text
    }
}
