internal import LMSCore

/// One run of `lms`, from arguments to exit status.
package enum Program {
    /// - Parameter arguments: Without the program's name.
    package static func run(_ arguments: [String]) -> Int32 {
        let console = Console(Invocation.current, wantsColor: !arguments.contains("--no-color"))
        do {
            try execute(arguments, console)
            return ExitStatus.success
        } catch let failure as OutputFailure {
            switch failure {
            case .readerLeft: return ExitStatus.brokenPipe
            case .failed(let error): return report(error, arguments, console)
            }
        } catch let error as LMSError {
            return report(error, arguments, console)
        } catch is DifferencesFound {
            return ExitStatus.different
        } catch {
            // A defect. A description of Swift's is nothing for a user.
            let error = LMSError(
                .internal, "lms made a mistake", hint: "Please report what you did.", causes: ["\(error)"])
            return report(error, arguments, console)
        }
    }

    /// What `main` does: the arguments and streams are the process's.
    package static func main() -> Int32 {
        Streams.reserveStandardDescriptors()
        do {
            return run(try processArguments())
        } catch {
            return report(error, [], Console(Invocation.live, wantsColor: true))
        }
    }

    private static func execute(_ arguments: [String], _ console: Console) throws {
        // The quickest answer: nothing is parsed for it.
        if arguments == ["--version"] { return try Output.print(Version.text) }
        let help = HelpPrinter(console: console, isPagerWanted: !arguments.contains("--no-pager"))
        switch try CommandTree.request(arguments) {
        case .run(let command): try command.run()
        case .page(let path): try help.print(path)
        case .sharedOptions: try help.printSharedOptions()
        case .version: try Output.print(Version.text)
        }
    }

    /// The process's arguments. `CommandLine.arguments` would replace bytes that are no UTF-8.
    private static func processArguments() throws(LMSError) -> [String] {
        var arguments: [String] = []
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let pointer = CommandLine.unsafeArgv[index] else { break }
            guard let argument = String(validatingCString: pointer) else {
                throw LMSError(.malformed, "argument \(index) is not valid UTF-8")
            }
            arguments.append(argument)
        }
        return arguments
    }

    private static func report(_ error: LMSError, _ arguments: [String], _ console: Console) -> Int32 {
        if CommandTree.wantsJSON(arguments) {
            console.write(error.json(causes: console.environment.tellsCauses ? error.causes : []) + "\n")
        } else {
            console.report(error)
        }
        return ExitStatus.of(error.code)
    }
}
