import LMSCore
import LMSTestSupport
import Testing

/// The log of accounts and settings.
@Suite struct AccountAuditTests {
    let world: World

    init() throws { world = try World() }

    @Test func `each act on an account or a setting leaves one row; signing in and out leaves none`() async throws {
        let siti = try await world.student()
        try await world.register("ani", as: .teacher)
        try await world.register("dewi", as: .teacher)
        let made = try await siti.perform(CreateToken(label: "CI"))
        let id = try #require(made.record.session.id)
        _ = try await siti.perform(RevokeToken(id: SessionReference(id.description)))
        _ = try await siti.perform(
            ChangePassword(current: Password(World.password), new: Password("kapal yang lain")))
        let named = Username("siti")
        _ = try await world.anyone.operate(SetPassword(username: named, password: Password("kapal ketiga")))
        _ = try await world.anyone.operate(DisableUser(username: named))
        _ = try await world.anyone.operate(EnableUser(username: named))
        _ = try await world.anyone.operate(SetRole(username: named, role: .teacher))
        let ani = world.service(try await world.logIn("ani").token)
        _ = try await ani.perform(CreateCourse(title: "Biology"))
        _ = try await world.anyone.operate(TransferCourses(from: Username("ani"), to: Username("dewi")))
        _ = try await ani.perform(CreateToken(label: "one"))
        _ = try await ani.perform(CreateToken(label: "two"))
        _ = try await ani.perform(LogOut(all: true))
        _ = try await world.anyone.operate(DeleteUser(username: Username("ani")))
        _ = try await world.anyone.operate(SetLogRetention(log: .days(730)))
        _ = try await world.anyone.operate(SetSchoolZone(offset: "+07:00"))
        #expect(
            try await world.accountLogEntries() == [
                "siti user.register siti: student", "(deleted) user.register (deleted): teacher",
                "dewi user.register dewi: teacher", "siti token.create CI", "siti token.revoke CI",
                "siti user.passwd siti", "(operator) user.set-password siti", "(operator) user.disable siti",
                "(operator) user.enable siti", "(operator) user.set-role siti: teacher",
                "(operator) user.transfer (deleted): 1 course to dewi", "(deleted) token.create (deleted)",
                "(deleted) token.create (deleted)", "(deleted) token.revoke (deleted)", "(operator) user.delete (deleted)",
                "(operator) db.retention 730d", "(operator) db.timezone +07:00",
            ])
    }

    @Test func `what changed nothing, was refused or a dry run leaves no row`() async throws {
        let siti = try await world.student()
        let named = Username("siti")
        let before = try await world.accountLogEntries()
        _ = try await world.anyone.perform(
            RegisterUser(
                username: named, password: Password(World.password), role: .student, ifNotExists: true))
        await expectError(.conflict) { try await world.register("siti", as: .student) }
        _ = try await world.anyoneDryRunning.perform(
            RegisterUser(username: Username("budi"), password: Password(World.password), role: .student))
        _ = try await siti.dryRun.perform(CreateToken(label: "CI"))
        _ = try await world.anyone.operate(SetRole(username: named, role: .student))
        _ = try await world.anyone.operate(EnableUser(username: named))
        _ = try await world.anyone.operate(SetLogRetention(log: .days(365)))
        _ = try await world.anyone.operate(SetSchoolZone(offset: "UTC"))
        _ = try await world.anyoneDryRunning.operate(SetSchoolZone(offset: "+07:00"))
        _ = try await world.anyoneDryRunning.operate(DeleteUser(username: named))
        await expectError(.wrongPassword) {
            try await siti.perform(
                ChangePassword(current: Password("salah sama sekali"), new: Password("kapal lain")))
        }
        _ = try await siti.perform(LogOut())
        #expect(try await world.accountLogEntries() == before)
    }

    @Test func `the surface is noted; addresses, passwords and secrets are not`() async throws {
        let siti = try await world.student()
        let service = world.service(siti.token, address: "203.0.113.7", via: .http)
        let made = try await service.perform(CreateToken(label: "CI"))
        #expect(try await world.count("SELECT count(*) FROM account_audit WHERE via = 'http'") == 1)
        let entries = try await world.accountLogEntries().joined()
        for secret in ["203.0.113.7", siti.token.secret, made.record.token?.secret ?? "", World.password] {
            #expect(!secret.isEmpty && !entries.contains(secret))
        }
    }

    @Test func `it is kept as long as the courses' log, and forgotten in small steps`() async throws {
        let siti = try await world.student()
        _ = try await siti.perform(CreateToken(label: "old"))
        world.advance(by: .days(366))
        #expect(try await world.anyone.operate(ListOperatorLog()).items.isEmpty, "never shown any more")
        for number in 1...20 { try await world.register("budi\(number)", as: .student) }
        #expect(try await world.count("SELECT count(*) FROM account_audit") == 20)
        world.advance(by: .days(40))
        let forgotten = try await world.anyone.operate(SetLogRetention(log: .days(30)))
        #expect(forgotten.record.forgotten == 20)
        #expect(try await world.accountLogEntries() == ["(operator) db.retention 30d"])
    }
}
