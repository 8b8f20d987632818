import LMSCore
import LMSDatabase
internal import LMSText

/// A small school in memory. Everything that is done to it is taken back.
struct FuzzSchool {
    let database: SQLiteDatabase
    let teacher: SessionToken

    static let shared = make()

    /// As the teacher.
    var service: LocalService { Self.service(database, teacher, isDryRun: true) }

    private static func service(
        _ database: SQLiteDatabase, _ token: SessionToken?, isDryRun: Bool = false
    ) -> LocalService {
        LocalService(
            database: database, caller: Caller(token: token, address: "local", via: .http),
            isDryRun: isDryRun, clock: { Instant(seconds: 1_795_435_200) },
            hasher: PasswordHasher(parameters: Argon2Parameters(memory: 8 << 10, passes: 1)))
    }

    private static func make() -> FuzzSchool {
        nonisolated(unsafe) var school: FuzzSchool?
        requireNoMistake {
            let database = try SQLiteDatabase.inMemory(schema: .lms)
            let anyone = service(database, nil)
            let password = Password("kapal layar di pantai")
            for (name, role) in [("ani", Role.teacher), ("siti", .student)] {
                _ = try await anyone.perform(
                    RegisterUser(username: Username(name), password: password, role: role))
            }
            let session = try await anyone.perform(
                LogIn(username: Username("ani"), password: password, lifetime: nil))
            let ani = service(database, session.token)
            _ = try await ani.perform(CreateCourse(CourseFields(title: "Biologi Dasar", code: CourseCode("bio"))))
            _ = try await ani.perform(
                AddMaterial(
                    course: CourseReference("bio"), MaterialFields(title: "Minggu 1", description: "Membran sel.")))
            school = FuzzSchool(database: database, teacher: session.token)
        }
        guard let school else { preconditionFailure("no school was made") }
        return school
    }
}
