/// What a command takes, each argument and option with the place of its value in the command.
///
/// This is the only description: the parser, help, completions and the pages of Docs/ are made from it. It is written as a
/// list of parts:
///
///     static var syntax: Syntax<Self> {
///         [
///             .argument("title", \.title, "The course's title."),
///             .flag("--all", \.all, "List the whole catalogue."),
///         ]
///     }
package struct Syntax<Values>: ExpressibleByArrayLiteral {
    /// - Returns: Whether the word could be read.
    private typealias Setter = (inout Values, String) -> Bool
    private typealias Check = (Values) -> LineMistake?

    package private(set) var parameters: [Parameter] = []
    /// One for each of the parameters.
    private var setters: [Setter] = []
    /// What the values must fulfil together.
    private var checks: [Check] = []

    package init(arrayLiteral parts: Syntax...) {
        for part in parts {
            parameters += part.parameters
            // Not by `+=`, which makes the runtime look through all conformances for a type that it meets here only.
            for setter in part.setters { setters.append(setter) }
            for check in part.checks { checks.append(check) }
        }
    }

    private init(_ parameter: Parameter, _ setter: @escaping Setter) {
        parameters = [parameter]
        setters = [setter]
    }

    // MARK: - Reading

    /// Gives a parameter its value.
    ///
    /// - Parameters:
    ///   - index: Among the parameters.
    ///   - word: The value; empty for a flag.
    /// - Returns: Whether the word could be read.
    func set(_ index: Int, to word: String, in values: inout Values) -> Bool { setters[index](&values, word) }

    func check(_ values: Values) throws(LineMistake) {
        for check in checks { if let mistake = check(values) { throw mistake } }
    }

    // MARK: - Parts

    /// An argument that must be there.
    package static func argument<Value: ArgumentValue>(
        _ name: String, _ path: WritableKeyPath<Values, Value>, takes content: Parameter.Content = .text, _ help: String
    ) -> Syntax {
        part(.argument, name, name, Value.self, content, help, isRequired: true) { $0[keyPath: path] = $1 }
    }

    /// An argument that may be left out.
    package static func optional<Value: ArgumentValue>(
        _ name: String, _ path: WritableKeyPath<Values, Value?>, takes content: Parameter.Content = .text, _ help: String
    ) -> Syntax {
        part(.argument, name, name, Value.self, content, help) { $0[keyPath: path] = $1 }
    }

    /// All words that follow.
    package static func arguments<Value: ArgumentValue>(
        _ name: String, _ path: WritableKeyPath<Values, [Value]>, takes content: Parameter.Content = .text,
        isRequired: Bool = true, _ help: String
    ) -> Syntax {
        part(.argument, name, name, Value.self, content, help, isRequired: isRequired, isRepeated: true) {
            $0[keyPath: path].append($1)
        }
    }

    /// An option with a value.
    package static func option<Value: ArgumentValue>(
        _ name: String, _ path: WritableKeyPath<Values, Value?>, takes content: Parameter.Content = .word,
        value valueName: String? = nil, _ help: String
    ) -> Syntax {
        part(.option, name, valueName, Value.self, content, help) { $0[keyPath: path] = $1 }
    }

    /// An option that may be given several times, each time with another value.
    package static func options<Value: ArgumentValue>(
        _ name: String, _ path: WritableKeyPath<Values, [Value]>, takes content: Parameter.Content = .word,
        value valueName: String? = nil, _ help: String
    ) -> Syntax {
        part(.option, name, valueName, Value.self, content, help, isRepeated: true) { $0[keyPath: path].append($1) }
    }

    /// An option that must be there.
    package static func required<Value: ArgumentValue>(
        _ name: String, _ path: WritableKeyPath<Values, Value>, takes content: Parameter.Content = .word,
        value valueName: String? = nil, _ help: String
    ) -> Syntax {
        part(.option, name, valueName, Value.self, content, help, isRequired: true) { $0[keyPath: path] = $1 }
    }

    private static func part<Value: ArgumentValue>(
        _ kind: Parameter.Kind, _ name: String, _ valueName: String?, _: Value.Type, _ content: Parameter.Content,
        _ help: String, isRequired: Bool = false, isRepeated: Bool = false, set: @escaping (inout Values, Value) -> Void
    ) -> Syntax {
        let parameter = Parameter(
            kind, [name], content: content, valueName: valueName ?? String(name.drop { $0 == "-" }),
            values: Value.allValues, help: help, isRequired: isRequired, isRepeated: isRepeated)
        return Syntax(parameter) { values, word in
            guard let value = Value(argument: word) else { return false }
            set(&values, value)
            return true
        }
    }

    /// - Parameter names: With their dashes, a short one first.
    package static func flag(_ names: String..., at path: WritableKeyPath<Values, Bool>, _ help: String) -> Syntax {
        Syntax(Parameter(.flag, names, help: help)) { values, _ in
            values[keyPath: path] = true
            return true
        }
    }

    /// What several commands take, with what it checks.
    package static func group<Group: ArgumentGroup>(_ path: WritableKeyPath<Values, Group>) -> Syntax {
        let inner = Group.syntax
        var outer: Syntax = []
        outer.parameters = inner.parameters
        for setter in inner.setters { outer.setters.append { setter(&$0[keyPath: path], $1) } }
        for check in inner.checks { outer.checks.append { check($0[keyPath: path]) } }
        outer.checks.append { mistake(in: $0[keyPath: path]) }
        return outer
    }

    private static func mistake(in group: some ArgumentGroup) -> LineMistake? {
        do throws(LineMistake) {
            try group.check()
            return nil
        } catch {
            return error
        }
    }

    /// The same, with parameters that are understood and not shown.
    ///
    /// - Parameter names: Of options, with their dashes.
    package func hiding(_ names: String...) -> Syntax {
        var syntax = self
        for index in parameters.indices where parameters[index].names.contains(where: names.contains) {
            syntax.parameters[index].isHidden = true
        }
        return syntax
    }

    /// The same, as what every command has.
    ///
    /// - Parameter own: The names of options that mean something else to this command, so that its page has them.
    package func shared(except own: String...) -> Syntax {
        var syntax = self
        for index in parameters.indices where !parameters[index].names.contains(where: own.contains) {
            syntax.parameters[index].isShared = true
        }
        return syntax
    }
}
