/// Who is what in which course, and so who sees whose name and number. Courses and people are called by code and username.
package struct WhoSeesWhom: Sendable {
    package var owners: [String: String] = [:]
    /// Who teaches beside the owner.
    package var teachers: [String: Set<String>] = [:]
    package var enrolled: [String: Set<String>] = [:]
    package var asking: [String: Set<String>] = [:]

    package func teaches(_ person: String, _ course: String) -> Bool {
        owners[course] == person || teachers[course]?.contains(person) == true
    }
    package func roster(of course: String) -> Set<String> { (enrolled[course] ?? []).union(asking[course] ?? []) }

    package func seesNumber(_ viewer: String, of person: String) -> Bool {
        viewer == person || owners.keys.contains { teaches(viewer, $0) && roster(of: $0).contains(person) }
    }
    package func seesName(_ viewer: String, of person: String) -> Bool {
        seesNumber(viewer, of: person) || owners.values.contains(person)
    }
}

/// Whose names and numbers an answer is there to tell, to whom it is given at all.
package enum Telling: Sendable {
    case nothing
    case oneself
    /// Names alone: of the owner of a course, or of all courses.
    case owner(of: String)
    case owners
    /// Of the courses that one is in, or asks to be in.
    case ownersOfOnes
    case roster(of: String)
    /// The name of a teacher of a course, as its owner's, to who owns it until then.
    case nextOwner(String, of: String)
}

extension WhoSeesWhom {
    /// The names and numbers that somebody is told.
    func told(_ telling: Telling, to viewer: String) -> Set<String> {
        switch telling {
        case .nothing: []
        case .oneself: Self.both(of: viewer)
        case .owner(of: let course): names { $0 == course }
        case .owners: names { _ in true }
        case .ownersOfOnes: names { teaches(viewer, $0) || roster(of: $0).contains(viewer) }
        case .nextOwner(let person, of: let course):
            owners[course] == viewer && teaches(person, course) ? [Self.name(of: person)] : []
        case .roster(of: let course):
            teaches(viewer, course) ? roster(of: course).reduce(into: []) { $0.formUnion(Self.both(of: $1)) } : []
        }
    }

    /// The names of the owners of some courses.
    private func names(ofThose isMeant: (String) -> Bool) -> Set<String> {
        Set(owners.filter { isMeant($0.key) }.values.map(Self.name))
    }

    private static func both(of person: String) -> Set<String> { [name(of: person), number(of: person)] }

    // MARK: - How people are called

    static func name(of person: String) -> String { "Name\(person)name" }
    static func number(of person: String) -> String { "number\(person)number" }

    /// What finds somebody's name and number, and is neither: searches do not mind how letters are written.
    static func searched(_ person: String) -> String { "name\(person)name NUMBER\(person)NUMBER" }

    /// The names and numbers in a text, whosever they are.
    ///
    /// - Parameter name: How names begin in it.
    package static func words(in text: String, beginning name: String = "Name") -> Set<String> {
        let words = text.utf8.split { byte in
            !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte)
        }
        return Set(
            words.lazy.map { String(Substring($0)) }.filter {
                $0.utf8.count > 8
                    && ($0.hasPrefix(name) && $0.hasSuffix("name") || $0.hasPrefix("number") && $0.hasSuffix("number"))
            })
    }
}
