/// A JSON value while it is built from the outside in.
final class JSONTree {
    /// An object or array that is not closed yet.
    private struct Container {
        /// The key that it has in the container around it.
        let key: String
        let isObject: Bool
        var members: [JSONValue.Member] = []
        var elements: [JSONValue] = []
    }

    /// The whole value, once all containers are closed.
    private(set) var root = JSONValue.null
    /// Of the member that comes next.
    var key = ""
    private var containers: [Container] = []

    func open(isObject: Bool) { containers.append(Container(key: key, isObject: isObject)) }

    func close() {
        guard let container = containers.popLast() else { return }
        key = container.key
        add(container.isObject ? .object(container.members) : .array(container.elements))
    }

    /// Adds a value to the container that was opened last.
    func add(_ value: JSONValue) {
        guard let last = containers.indices.last else {
            root = value
            return
        }
        if containers[last].isObject {
            containers[last].members.append(JSONValue.Member(key: key, value: value))
        } else {
            containers[last].elements.append(value)
        }
    }
}
