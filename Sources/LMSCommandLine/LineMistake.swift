/// What is wrong with a line, in the order in which it is told. Places are those of words behind the command.
package enum LineMistake: Error {
    case unknownOption(at: Int)
    /// A value that is none of those that there are.
    case unknownValue(Parameter, at: Int)
    /// A word that no argument is there for.
    case extraWord(at: Int)
    case unreadable(Parameter, at: Int)
    /// A value joined to a flag, as in `--json=yes`.
    case takesNoValue(Parameter)
    case lacksValue(Parameter)
    case missing(Parameter)
    /// Values that do not fit together, said in words.
    case refused(String)
}
