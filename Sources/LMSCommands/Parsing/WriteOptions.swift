internal import ArgumentParser

/// What every command that changes data takes.
struct WriteOptions: ParsableArguments {
    @Flag(
        name: [.customShort("n"), .customLong("dry-run")],
        help: "Do everything, print what would change, then take it back.")
    var isDryRun = false
}
