import Testing

@testable import LMSCommandLine

/// What a page of help looks like.
@Suite struct HelpPageTests {
    private func page(_ words: [String], columns: Int = 80) -> String {
        let path = CommandPath(words, from: Sample.tree)
        return HelpPage(path.node, at: path.words, of: Sample.tree, columns: columns).text
    }

    @Test func `a command's page has all that it takes`() {
        #expect(
            page(["paint"]) == """
                Paint something.

                USAGE: house paint <thing> [<color>] [<tools> ...] [<options>]

                EXAMPLES:
                  house paint door red
                  house paint "garden door" red --note "not before noon" --coats 2

                ARGUMENTS:
                  <thing>                 What to paint.
                  <color>                 Red or green.
                  <tools>                 With what.

                OPTIONS:
                  --note <note>           A note.
                  --coats <n>             How many.
                  --into <dir>            Where to.
                  -q, --quiet             Say nothing.
                  -n, --dry-run           Only tell.
                  --db <db>               The database.
                  --server <server>       The server.
                  -h, --help              Show help.

                """)
    }

    @Test func `a group's page has its commands`() {
        #expect(
            page([]) == """
                Look after a house.

                USAGE: house <command>

                EXAMPLES:
                  house room paint wall

                OUTSIDE:
                  paint                   Paint something.

                INSIDE:
                  room                    Look after a room.

                More about one of them: house help COMMAND
                Options that commands share: house help options
                The version: house --version

                """)
        #expect(page(["room"]).hasSuffix("\n\nMore about one of them: house help room COMMAND\n"))
    }

    @Test(arguments: [40, 60, 80, 120])
    func `no line is wider than the terminal`(columns: Int) {
        for words in [[], ["paint"], ["room"], ["room", "paint"]] {
            for line in page(words, columns: columns).split(separator: "\n") where !line.hasPrefix("  --") {
                #expect(line.count <= columns, "\(line)")
            }
        }
    }

    @Test func `a long example is broken as a shell takes it`() {
        let page = page(["paint"], columns: 38)
        #expect(
            page.contains(
                """
                  house paint "garden door" red \\
                      --note "not before noon" \\
                      --coats 2

                """))
        #expect(page.replacing(" \\\n      ", with: " ").contains(Sample.examples[1]))
    }

    @Test func `what every command has stands on a page of its own`() {
        let shared = Syntax<Sample>.group(\.place).shared()
        let page = HelpPage.shared(shared.parameters, introduction: "Everywhere.", columns: 80)
        #expect(
            page == """
                Everywhere.

                OPTIONS:
                  --db <db>               The database.
                  --server <server>       The server.
                """)
    }
}
