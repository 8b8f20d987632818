import LMSDatabase
import LMSTestSupport
import Testing

@testable import LMSCore

/// The columns `name` and `number` of `users.csv`.
@Suite struct ImportedPeopleTests {
    let scene: BulkScene
    var world: World { scene.world }

    init() throws { scene = try BulkScene() }

    private func people() async throws -> [String] {
        try await world.anyone.operate(ListUsers()).items.map {
            "\($0.username) \($0.details.name?.shown ?? "-") \($0.details.number?.shown ?? "-")"
        }
    }

    @Test func `they are kept, and given back by an export, after which an import changes nothing`() async throws {
        let users = "username,role,name,number\nsiti,student,Siti Aminah,007\nbudi,student,,\nani,teacher,\"Ani, S.Pd.\",\n"
        #expect(try await scene.bring(["users": users]) == ["users 3 created"])
        #expect(try await people() == ["siti Siti Aminah 007", "budi - -", "ani Ani, S.Pd. -"])
        #expect(try await world.count("SELECT count(*) FROM users WHERE name_is_given = 1") == 2)
        let exported = try await scene.export(withSecrets: true)
        let before = try await world.dump()
        _ = try await world.anyone.operate(ImportFiles(from: MemoryFolder(files: exported)))
        #expect(try await world.dump() == before)
        let other = try BulkScene()
        _ = try await other.world.anyone.operate(ImportFiles(from: MemoryFolder(files: exported)))
        #expect(try await other.export(withSecrets: true) == exported)
    }

    @Test func `an absent column leaves them alone, an empty cell clears them`() async throws {
        try await scene.bring(["users": "username,role,name,number\nsiti,student,Siti,7\n"])
        #expect(try await scene.bring(["users": "username,role\nsiti,student\n"], .update) == ["users 1 unchanged"])
        #expect(try await scene.bring(["users": "username,role,number\nsiti,student,8\n"], .update) == ["users 1 updated"])
        #expect(try await people() == ["siti Siti 8"])
        #expect(try await scene.bring(["users": "username,role,name,number\nsiti,student,,\n"], .skip) == ["users 1 skipped"])
        #expect(try await scene.bring(["users": "username,role,name,number\nsiti,student,,\n"], .update) == ["users 1 updated"])
        #expect(try await people() == ["siti - -"])
    }

    @Test func `what is there with another name or number is a conflict, told without either`() async throws {
        try await scene.bring(["users": "username,role,name,number\nsiti,student,Siti,7\nbudi,student,Budi,8\n"])
        let files = ["users": "username,role,name,number\nsiti,student,Dewi,7\nbudi,student,Budi,9\n"]
        #expect(
            try await scene.problems(files, code: .conflict) == [
                "users.csv:2:14: 'siti' is there already, with another name",
                "users.csv:3:19: 'budi' is there already, with another number",
            ])
        #expect(try await scene.bring(files, .update) == ["users 2 updated"])
        #expect(try await people() == ["siti Dewi 7", "budi Budi 9"])
    }

    @Test(arguments: ConflictPolicy.allCases)
    func `a number is one person's, in the file and beside it`(policy: ConflictPolicy) async throws {
        try await scene.bring(["users": "username,role,number\nsiti,student,x-7\n"])
        let taken = ["users": "username,role,number\nbudi,student,X-7\n"]
        #expect(
            try await scene.problems(taken, policy, code: .conflict) == ["users.csv:2:14: 'siti' has this number already"])
        let twice = ["users": "username,role,number\nbudi,student,9\ndewi,student,9\n"]
        #expect(try await scene.problems(twice, policy, code: .conflict) == ["users.csv:3:14: 'budi' has this number already"])
    }

    @Test func `a number that an earlier row gives up is free`() async throws {
        try await scene.bring(["users": "username,role,number\nsiti,student,7\n"])
        let moved = "username,role,number\nsiti,student,8\nbudi,student,7\n"
        #expect(try await scene.bring(["users": moved], .update) == ["users 1 created 1 updated"])
        #expect(try await people() == ["siti - 8", "budi - 7"])
    }

    @Test func `an import that updates makes a chosen name a given one`() async throws {
        _ = try await world.anyone.perform(
            RegisterUser(
                username: Username("siti"), password: Password(World.password), role: .student, name: PersonName("Siti")))
        let files = ["users": "username,role,name\nsiti,student,Siti\n"]
        #expect(try await scene.bring(files) == ["users 1 unchanged"])
        #expect(try await world.count("SELECT name_is_given FROM users") == 0)
        #expect(try await scene.bring(files, .update) == ["users 1 updated"])
        #expect(try await world.count("SELECT name_is_given FROM users") == 1)
    }

    @Test func `an empty cell leaves a chosen name alone, so nobody makes an import fail by choosing one`() async throws {
        let siti = try await world.student()
        let files = ["users": "username,role,name,number\nsiti,student,,7\n"]
        #expect(try await scene.bring(files, .update) == ["users 1 updated"])
        _ = try await siti.perform(EditProfile(name: PersonName("Siti")))
        #expect(try await scene.bring(files) == ["users 1 unchanged"])
        #expect(try await scene.bring(files, .update) == ["users 1 unchanged"])
        let next = ["users": "username,role,name,number\nsiti,student,,8\n"]
        #expect(try await scene.bring(next, .update) == ["users 1 updated"])
        #expect(try await people() == ["siti Siti 8"])
    }

    @Test func `what breaks a rule is told with its place`() async throws {
        let files = [
            "users": "username,role,name,number\nsiti,student,\(String(repeating: "n", count: 101)),-7\n"
        ]
        #expect(
            try await scene.problems(files) == [
                "users.csv:2:14: the name is too long: 101 characters, at most 100",
                "users.csv:2:116: '-7' cannot be a number",
            ])
    }
}
