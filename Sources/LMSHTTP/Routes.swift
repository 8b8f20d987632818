internal import LMSCore
internal import LMSText

/// The whole API in one table. The server answers these routes, the client makes its requests from them, and so is the
/// API's document.
///
/// No path has a literal where another one has `{course}`: a course of that code could not be reached.
enum Routes {
    static let all: [Route] = account + courses + teachers + years + enrollments + materials + files + search + log + news + trash

    /// The route by which a client reaches a use case whose fields are these: the first that takes all
    /// of them and is not deprecated.
    static func route(of useCase: any UseCase.Type, fields: [JSONValue.Member]) -> Route? {
        all.first { route in
            route.useCase == useCase && !route.isDeprecated
                && route.path.parameters.allSatisfy { name in fields.contains { $0.key == name } }
                && !fields.contains { route.omitting.contains($0.key) }
        }
    }

    private static let account: [Route] = [
        .creating(
            "/auth/register", RegisterUser.self, "Create an account.",
            .init(
                isOpenToAll: true, bodyLimit: Route.BodyLimit.signIn,
                errors: [.denied, .conflict, .throttled])
        ) { _ in "/auth/me" },
        .answering(
            .post, "/auth/login", LogIn.self, "Sign in.",
            .init(
                effect: .signs, isOpenToAll: true, bodyLimit: Route.BodyLimit.signIn,
                errors: [.wrongPassword, .denied, .throttled])),
        .answering(
            .post, "/auth/logout", LogOut.self, "End this session, or all of one's own.",
            .init(effect: .signs)),
        .answering(.get, "/auth/me", WhoAmI.self, "Tell who is signed in."),
        .answering(.get, "/auth/profile", ShowProfile.self, "Show one's own name and number."),
        .answering(
            .patch, "/auth/profile", EditProfile.self,
            "Change one's own name, unless the operator gave it. What is left out stays.", .init(errors: [.denied])),
        .answering(
            .get, "/auth/profile/data", ShowPersonalData.self, "Show all that is held of oneself.", .init(pace: .files)),
        .answering(
            .post, "/auth/password", ChangePassword.self,
            "Replace one's own password. All other sign-ins and tokens of one's own end.",
            .init(bodyLimit: Route.BodyLimit.signIn, errors: [.wrongPassword, .throttled])),
        .listing("/auth/tokens", ListTokens.self, "List one's own sessions and tokens."),
        .creating(
            "/auth/tokens", CreateToken.self, "Make a token for a script. Its secret is shown this once."
        ) {
            $0.session.id.map { "/auth/tokens/\($0)" }
        },
        .answering(
            .delete, "/auth/tokens/{id}", RevokeToken.self, "End one of one's own sessions.",
            .init(errors: [.notFound])),
    ]

    private static let courses: [Route] = [
        .listing("/course", ListCourses.self, "List one's own courses, or the whole catalogue."),
        .creating(
            "/course", CreateCourse.self, "Create a course.",
            .init(bodyLimit: Route.BodyLimit.texts, errors: [.denied, .conflict])
        ) { $0.id.map { "/course/\($0)" } },
        .answering(.get, "/course/{course}", ShowCourse.self, "Show a course.", .init(errors: [.notFound])),
        .answering(
            .patch, "/course/{course}", EditCourse.self, "Change a course. What is left out stays.",
            .init(bodyLimit: Route.BodyLimit.texts, errors: [.notFound, .denied, .conflict])),
        .answering(
            .delete, "/course/{course}", DeleteCourse.self,
            "Delete a course with its materials and enrollments.", .init(errors: [.notFound, .denied])),
        .answering(
            .get, "/course/{course}/delete", DeleteCourse.self,
            "Delete a course. Use DELETE /course/{course} instead.",
            .init(isDeprecated: true, errors: [.notFound, .denied])),
    ]

    private static let teachers: [Route] = [
        .listing(
            "/course/{course}/teacher", ListTeachers.self, "List the teachers of a course, its owner among them.",
            .init(errors: [.notFound])),
        .answering(
            .post, "/course/{course}/teacher/add", AddTeachers.self,
            "Have teachers teach a course beside its owner, all of them or none.", .init(errors: [.notFound, .denied])),
        .answering(
            .post, "/course/{course}/teacher/remove", RemoveTeachers.self,
            "Have teachers no longer teach a course, all of them or none.", .init(errors: [.notFound, .denied, .conflict])),
        .answering(
            .post, "/course/{course}/transfer", TransferCourse.self,
            "Give a course to one of its teachers; who owned it stays as one of them.",
            .init(errors: [.notFound, .denied, .conflict])),
    ]

    private static let years: [Route] = [
        .creating(
            "/course/{course}/copy", CopyCourse.self, "Make a new course of one that one teaches, with all dates moved.",
            .init(errors: [.notFound, .denied, .conflict])
        ) { $0.course.id.map { "/course/\($0)" } },
        .answering(
            .post, "/course/{course}/archive", ArchiveCourse.self,
            "Make a course read-only; it is in no list any more that does not ask for archived ones.",
            .init(errors: [.notFound, .denied])),
        .answering(
            .post, "/course/{course}/unarchive", UnarchiveCourse.self, "Have an archived course be changed and listed again.",
            .init(errors: [.notFound, .denied])),
    ]

    private static let enrollments: [Route] = [
        .creating(
            "/course/{course}/enrollment", JoinCourse.self, "Join a course, with its key where it needs one, or ask to.",
            .init(errors: [.notFound, .denied, .throttled])
        ) { "/course/\($0.course)" },
        .creating(
            "/enrollment", JoinCourse.self, "Join the course of a key.",
            .init(omitting: ["course"], errors: [.denied, .throttled])
        ) { "/course/\($0.course)" },
        .answering(
            .get, "/course/{course}/key", ShowKey.self, "Show the key with which students join one of one's own courses.",
            .init(errors: [.notFound, .denied])),
        .answering(
            .patch, "/course/{course}/key", ChangeKey.self, "Change the key of a course. What is left out stays.",
            .init(errors: [.notFound, .denied])),
        .answering(
            .delete, "/course/{course}/enrollment", LeaveCourse.self,
            "Leave a course, or take the request back.", .init(errors: [.notFound, .denied])),
        .answering(
            .get, "/course/{course}/leave", LeaveCourse.self,
            "Leave a course. Use DELETE /course/{course}/enrollment instead.",
            .init(isDeprecated: true, errors: [.notFound, .denied])),
        .listing(
            "/course/{course}/enrollment", ListRoster.self, "List the students of a course.",
            .init(errors: [.notFound, .denied])),
        .answering(
            .post, "/course/{course}/enrollment/students/add", AddStudents.self,
            "Put students on the roster, all of them or none.", .init(errors: [.notFound, .denied])),
        .answering(
            .post, "/course/{course}/enrollment/students/approve", ApproveStudents.self,
            "Grant requests to join, all of them or none.", .init(errors: [.notFound, .denied])),
        .answering(
            .post, "/course/{course}/enrollment/students/reject", RejectStudents.self,
            "Refuse requests to join, all of them or none.", .init(errors: [.notFound, .denied, .conflict])),
        .answering(
            .post, "/course/{course}/enrollment/students/remove", RemoveStudents.self,
            "Take students off the roster, all of them or none.", .init(errors: [.notFound, .denied])),
    ]

    private static let materials: [Route] =
        [
            .listing(
                "/course/{course}/material", ListMaterials.self,
                "List the materials of a course in their order, or the one of a title.",
                .init(errors: [.notFound, .denied])),
            .creating(
                "/course/{course}/material", AddMaterial.self, "Add a material at the end of a course.",
                .init(bodyLimit: Route.BodyLimit.texts, errors: [.notFound, .denied, .conflict])
            ) { $0.id.map { "/material/\($0)" } },
        ] + material("/course/{course}/material/{material}", omitting: [])
        + material("/material/{material}", omitting: ["course"])

    private static let files: [Route] = [
        .answering(
            .post, "/apply", ApplyCourseFiles.self,
            "Make courses that one teaches what files say, all of it or nothing.",
            .init(bodyLimit: Route.BodyLimit.files, pace: .files, errors: [.denied, .conflict, .busy])),
        .answering(
            .post, "/diff", DiffCourseFiles.self, "Tell what applying files would change.",
            .init(effect: .reads, bodyLimit: Route.BodyLimit.files, pace: .files, errors: [.denied])),
        .answering(
            .get, "/course/{course}/export", ExportCourse.self,
            "Write a course that one teaches as a course file.",
            .init(pace: .files, errors: [.notFound, .denied, .tooLarge])),
    ]

    private static let search: [Route] = [
        .listing(
            "/search", SearchTexts.self,
            "Search the catalogue and the materials that one may read, best match first.",
            .init(errors: [.notFound]))
    ]

    private static let log: [Route] = [
        .listing(
            "/log", ListLog.self,
            "List who did what to a course, or to all that one teaches, deleted ones of one's own too; newest first.",
            .init(errors: [.notFound, .denied]))
    ]

    private static let news: [Route] = [
        .listing(
            "/news", ListNews.self, "List what is new in the courses that one is in, newest first.",
            .init(errors: [.notFound, .denied]))
    ]

    private static let trash: [Route] = [
        .listing(
            "/trash", ListTrash.self, "List what was taken away lately of the courses that one teaches, newest first.",
            .init(errors: [.notFound, .denied])),
        .answering(
            .post, "/trash/{entry}/restore", RestoreTrash.self, "Bring something back that was taken away, as it was.",
            .init(errors: [.notFound, .denied, .conflict])),
        .answering(
            .post, "/trash", EmptyTrash.self, "Delete for good what was taken away of one's own courses.",
            .init(errors: [.notFound, .denied])),
    ]

    /// One material, by its id alone or under its course.
    private static func material(_ path: String, omitting: Set<String>) -> [Route] {
        [
            .answering(
                .get, path, ShowMaterial.self, "Show a material.",
                .init(omitting: omitting, errors: [.notFound, .denied])),
            .answering(
                .patch, path, EditMaterial.self, "Change a material. What is left out stays.",
                .init(
                    bodyLimit: Route.BodyLimit.texts, omitting: omitting,
                    errors: [.notFound, .denied, .conflict])),
            .answering(
                .post, path + "/move", MoveMaterial.self,
                "Move a material before or behind another one, or to the end of another course.",
                .init(omitting: omitting, errors: [.notFound, .denied, .conflict])),
            .answering(
                .delete, path, DeleteMaterial.self, "Delete a material; those behind it move up.",
                .init(omitting: omitting, errors: [.notFound, .denied])),
        ]
    }
}
