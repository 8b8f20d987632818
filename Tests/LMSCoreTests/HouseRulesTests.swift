import LMSTestSupport
import Testing

/// The rules of the house.
@Suite struct HouseRulesTests {
    /// Where each outside module may be imported.
    static let homes = [
        "CSQLite": "LMSDatabase", "CPostgreSQL": "LMSDatabase", "CSodium": "LMSCore",
        "CUTF8Proc": "LMSText", "CYaml": "LMSText",
        "NIOCore": "LMSHTTP", "NIOPosix": "LMSHTTP", "NIOHTTP1": "LMSHTTP", "NIOTLS": "LMSHTTP", "NIOSSL": "LMSHTTP",
        "CMalloc": "LMSHTTP",
    ]

    /// The modules that call the system by swift-system: the domain reads no files.
    static let systemModules = ["LMSDatabase", "LMSHTTP", "LMSCommands"]

    /// From the bottom up: a module imports only what stands on a floor below its own.
    static let floors = [["LMSText", "LMSDatabase"], ["LMSCore", "LMSCommandLine"], ["LMSHTTP"], ["LMSCommands"], ["lms"]]

    @Test func `each outside module is imported where it is at home`() throws {
        for (file, module) in try Self.imports() {
            let homes = module == "SystemPackage" ? Self.systemModules : Self.homes[module].map { [$0] }
            guard let homes else { continue }
            #expect(homes.contains { file.hasPrefix("Sources/\($0)/") }, "\(file) imports \(module)")
        }
    }

    @Test func `nothing imports upward`() throws {
        for (file, module) in try Self.imports() {
            guard let floor = Self.floor(of: module) else { continue }
            let folder = String(file.split(separator: "/")[1])
            let own = try #require(Self.floor(of: folder), "\(folder) has a floor")
            #expect(floor < own, "\(file) imports \(module)")
        }
    }

    /// It brings its tables of all languages into the executable: 36 MB.
    @Test func `Foundation is imported nowhere: Glibc, Dispatch and swift-system do`() throws {
        #expect(try Self.imports().filter { $0.module.hasPrefix("Foundation") }.map(\.file) == [])
    }

    private static func floor(of module: String) -> Int? {
        floors.firstIndex { $0.contains(module) }
    }

    @Test func `the search sees the imports that there are`() throws {
        let modules = Set(try Self.imports().map(\.module))
        #expect(
            modules.isSuperset(of: [
                "CSQLite", "CSodium", "CUTF8Proc", "CYaml", "LMSDatabase", "LMSText",
            ]))
    }

    /// Every import in Sources, whatever stands before the word.
    private static func imports() throws -> [(file: String, module: String)] {
        let statement =
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        return try SourceTree.files(under: "Sources").flatMap { file in
            try SourceTree.lines(of: file).compactMap { line in
                line.firstMatch(of: statement).map { (file, String($0.1)) }
            }
        }
    }

    @Test func `what could stop the program, or was left for later, is in no source`() throws {
        for file in try SourceTree.files(under: "Sources") {
            for (number, line) in try SourceTree.lines(of: file).enumerated() {
                for word in ["fatalError", "preconditionFailure", "try!", "as!", "TODO", "FIXME"] {
                    #expect(!line.contains(word), "\(file):\(number + 1)")
                }
            }
        }
    }

    /// Who may see names and numbers of people is told in Docs/Architecture.md.
    @Test func `names and numbers of people become texts in few files`() throws {
        let asked = try SourceTree.files(under: "Sources").filter { file in
            try SourceTree.lines(of: file).contains { $0.contains(/(?i:name|number)\??\.shown\b/) }
        }
        #expect(
            Set(asked.map { String($0.split(separator: "/").last ?? "") }) == [
                "Course.swift", "CourseRecord+Printable.swift", "PersonDetails.swift", "PersonDetails+Printable.swift",
                "PersonSearch.swift", "UserStatements.swift",
            ])
    }

    @Test func `nothing is public: access ends at the package`() throws {
        for file in try SourceTree.files(under: "Sources") {
            for (number, line) in try SourceTree.lines(of: file).enumerated() {
                let code = line.prefix { $0 != "/" }
                #expect(!code.contains(/^\s*(?:@\w+\s+)*(?:public|open)\s/), "\(file):\(number + 1)")
            }
        }
    }

    @Test func `no file is longer than 400 lines`() throws {
        for file in try SourceTree.files(under: "Sources") + SourceTree.files(under: "Tests") {
            #expect(try SourceTree.lines(of: file).count <= 401, "\(file)")
        }
    }

    @Test func `a + in a file's name is for an extension of what stands before it, and the file has nothing else`() throws {
        for file in try SourceTree.files(under: "Sources") where file.contains("+") {
            let name = try #require(file.split(separator: "/").last).dropLast(".swift".count)
            let parts = name.split(separator: "+")
            try #require(parts.count == 2, "\(file)")
            let declarations = try SourceTree.lines(of: file).filter {
                $0.contains(
                    /^(?:package |final )*(?:extension|struct|enum|class|actor|protocol|func|let|var)\b/)
            }
            let ours = try Regex("^(?:package )?extension (?:\\w+\\.)*\(parts[0])\\b")
            #expect(!declarations.isEmpty && declarations.allSatisfy { $0.contains(ours) }, "\(file)")
        }
    }

    @Test(arguments: ["Manager", "Helper", "Utils", "Impl"])
    func `file names say a noun, not a drawer`(word: String) throws {
        let files = try SourceTree.files(under: "Sources").filter {
            $0.split(separator: "/").last?.contains(word) == true
        }
        #expect(files == [])
    }
}
