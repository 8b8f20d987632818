internal import LMSCore
internal import LMSText

/// What a field of the API means, and the rules for it that its type does not say.
struct FieldNote {
    let text: String
    /// Instead of the type's own shape, for types that know no rules.
    var rule: WireSchema?
    /// Instead of the type's own example.
    var example: JSONValue?

    func shape(of field: WireSchema.Field) -> WireSchema {
        guard let rule else { return field.schema }
        switch (field.schema, rule) {
        case (.text, .text), (.integer, .integer): return rule
        default: return field.schema
        }
    }

    /// The notes on fields, by name.
    typealias Table = [String: FieldNote]

    private static let title = WireSchema.text(pattern: "\\S", length: 1...Title.limit)

    /// Of requests.
    static let requests: Table = [
        "attachments": FieldNote(text: "The files that this one names."),
        "as_student": FieldNote(text: "Whether the course's teacher wants them as its students see them now."),
        "before": FieldNote(text: "The material that it comes before.", example: "3"),
        "due": FieldNote(
            text: """
                Of a list: whether it is in the order in which they are due. Of a material: a day, at its end, or a minute of one; \
                empty: never.
                """,
            rule: .text(pattern: "^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?)?$"), example: "2027-02-01T23:59"),
        "entries": FieldNote(text: "The numbers of what is to go; left out: everything."),
        "entry": FieldNote(text: "The number of something in the trash.", example: "12"),
        "hidden": FieldNote(text: "Whether it is a draft, for the course's teachers alone."),
        "if_exists": FieldNote(text: "What becomes of a material of that title; it is an error where nothing is said."),
        "section": FieldNote(
            text: "The heading that it stands under; empty: none.", rule: .text(length: 0...Title.limit), example: "Week 1"),
        "to": FieldNote(text: "The course that it goes to.", example: "bio-102"),
        "after": FieldNote(
            text: "Of a list, where to go on: the 'next' of the page before. Of a move, the material that it comes behind.",
            example: "1"),
        "all": FieldNote(text: "Whether all are meant."),
        "archived": FieldNote(text: "Whether archived courses are wanted, too: those that one teaches or is in."),
        "code": FieldNote(
            text: "The name of the course for scripts, unique ignoring case, with at least one letter."),
        "course": FieldNote(text: "The id or the code of a course, or course:3 as a search prints an id."),
        "courses": FieldNote(text: "The courses that the token is for; left out for all."),
        "current": FieldNote(text: "The password that is to be replaced."),
        "description": FieldNote(
            text:
                "Any text up to 1 MiB of UTF-8, without NUL. Empty in PATCH /course/{course}: there is none.",
            rule: .text(length: 0...Description.limit), example: "Read chapter 1."),
        "disable": FieldNote(text: "Whether the key is to open nothing any more, until another one takes its place."),
        "enrollment": FieldNote(
            text: """
                How students get in: at once, after the teacher's approval, only by the teacher's hand, or at once with the \
                course's key.
                """),
        "expires": FieldNote(text: "For how long the key is good from now on, at most 365 days; 0d: for good.", example: "7d"),
        "file": FieldNote(text: "A file of more usernames, one a line; # begins a comment."),
        "files": FieldNote(text: "Course files, as Docs/CourseAsCode.md describes them."),
        "id": FieldNote(text: "The id of a session."),
        "if_not_exists": FieldNote(
            text: "Whether what is there already is fine as it is. For a course, give its code too."),
        "key": FieldNote(
            text: "The key that the course's teacher gave. Case, blanks and dashes do not matter.",
            rule: .text(length: 0...EnrollmentKey.limit)),
        "label": FieldNote(text: "What the token is for.", rule: title, example: "Nightly job"),
        "lifetime": FieldNote(text: "Days, hours or minutes, at most 365 days."),
        "limit": FieldNote(
            text: "How many rows a page has at most; \(PageRequest.defaultLimit) where nothing is said.",
            rule: .integer(range: 1...PageRequest.maximumLimit), example: 100),
        "material": FieldNote(text: "The id of a material, or material:7 as a search prints it."),
        "new": FieldNote(
            text: passwordRule, rule: .text(format: "password", length: 0...Password.limits.upperBound)),
        "password": FieldNote(
            text: passwordRule, rule: .text(format: "password", length: 0...Password.limits.upperBound)),
        "name": FieldNote(
            text: """
                Of a file: what it is called where something is wrong in it. Of a person: what the person is called, in one line; \
                empty: there is no name.
                """),
        "path": FieldNote(
            text: "As the course file has it in description_file.", example: "materials/week-1.md"),
        "read_only": FieldNote(text: "Whether the token may change nothing."),
        "plan": FieldNote(text: "The plan that was agreed to: with another one, nothing is done."),
        "position": FieldNote(
            text: "The place in the course's order; the others shift.",
            rule: .integer(range: 1...Int(Int32.max))),
        "prune": FieldNote(text: "Whether what a list in a file does not name goes."),
        "q": FieldNote(
            text: """
                Words, at most \(SearchWords.wordLimit): only what has all of them in its title, code or text, or \
                words that begin with them, best match first; of a roster, who has them in name, number or username. Case and accents do not matter.
                """,
            rule: .text(length: 1...SearchWords.lengthLimit), example: "biology"),
        "release_date": FieldNote(
            text:
                "The day, in the school's time zone, from which students read the materials; of a new course, today where nothing is said.",
            rule: .text(format: "date", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), example: "2027-01-11"),
        "role": FieldNote(text: "What the account is for."),
        "rotate": FieldNote(text: "Whether another key is to take the place of this one."),
        "scope": FieldNote(
            text: "One's own courses, or the whole catalogue; one's own where nothing is said."),
        "shift_days": FieldNote(
            text: "By how many days all dates move; with neither this nor a release date, they stay.",
            rule: .integer(range: -3_652_058...3_652_058), example: 364),
        "since": FieldNote(
            text: """
                From when on: a length of time before now (days, hours or minutes), a date, or an instant; 7d where nothing is \
                said. An instant that is still to come finds nothing.
                """,
            rule: .text(
                pattern: "^([0-9]+[dhm]|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?)$"), example: "7d"),
        "split": FieldNote(text: "Whether the materials' texts stand in files of their own."),
        "status": FieldNote(text: "Only those of this status."),
        "students": FieldNote(text: "Whether the students are wanted; they are unless this is false."),
        "text": FieldNote(
            text:
                "Of a list: whether the texts are wanted; they are unless this is false. Of a file: its text."
        ),
        "title": FieldNote(
            text: "In one line, without control characters. Of a material: unique within its course.",
            rule: title),
        "use_limit": FieldNote(
            text: "How many may join with the key; 0: as many as like.", rule: .integer(range: 0...ChangeKey.longestUseLimit),
            example: 40),
        "username": FieldNote(text: "Unique ignoring case."),
        "usernames": FieldNote(text: "All of them, or none."),
    ]

    private static let passwordRule = """
        \(Password.limits.lowerBound) to \(Password.limits.upperBound) bytes of UTF-8; \
        not the username, nor one of the commonest.
        """

    /// Of what is answered. There are no rules here: what is stored may be older than a rule.
    static let answers: Table = [
        "action": FieldNote(text: "What was done.", example: "course.create"),
        "actor": FieldNote(text: "Who did it: a username, or (operator).", example: "ani"),
        "added_at": FieldNote(text: "Since when the teacher teaches the course; null for its owner."),
        "archived_at": FieldNote(text: "Since when the course can only be read; null where it is not archived."),
        "at": FieldNote(text: "When it was done; of news, since when it is new."),
        "attachments": FieldNote(text: "The files that this one names."),
        "changes": FieldNote(text: "What would change, or has changed."),
        "code": FieldNote(text: "The name of the course for scripts."),
        "course": FieldNote(text: "The course: its id; in the log, the code that it had then; of news, its code."),
        "course_code": FieldNote(text: "The code of that course."),
        "created_at": FieldNote(text: "When it was made; null for a material from before that was noted."),
        "disabled_at": FieldNote(text: "Since when the account is kept out; null where it is not."),
        "former_usernames": FieldNote(text: "Usernames that the person had."),
        "given_up_at": FieldNote(text: "When the username was given up."),
        "has_password": FieldNote(text: "Whether there is a password, of which only a hash is held."),
        "log": FieldNote(text: "What the person did and what was done to the person, as far as the logs are kept; newest first."),
        "memberships": FieldNote(text: "The courses that the person is in, or asked to join."),
        "name_is_given": FieldNote(text: "Whether the operator gave the name."),
        "sign_ins": FieldNote(text: "The sign-ins and tokens that are alive."),
        "teaches": FieldNote(text: "The courses that the person teaches."),
        "date_entry": FieldNote(text: "When the student joined, or asked to."),
        "description": FieldNote(text: "The text, byte for byte; absent or null where there is none."),
        "dry_run": FieldNote(text: "Present and true where everything was taken back."),
        "enrollment": FieldNote(text: "How students get in."),
        "enrollments": FieldNote(text: "How many enrollments went with the course."),
        "expires_at": FieldNote(text: "When it ends."),
        "fields": FieldNote(text: "The keys of the course file that change."),
        "id": FieldNote(text: "Null where a dry run would have made it; of news, the material's, null where there is none."),
        "items": FieldNote(text: "The rows of this page."),
        "kind": FieldNote(text: "What was found, taken away or is new."),
        "key": FieldNote(text: "The course's key; null where a dry run would have made it."),
        "label": FieldNote(text: "What it is for; login for a sign-in."),
        "last_used_at": FieldNote(
            text: "When it was last used, to the hour; null for a token that nobody has used yet."),
        "materials": FieldNote(text: "How many materials went with the course, or were copied."),
        "next": FieldNote(text: "The 'after' of the next page; null at the end of the list."),
        "name": FieldNote(text: "What the file or the person is called; null where nobody said it."),
        "number": FieldNote(text: "The school's own number of the person; null where there is none."),
        "note": FieldNote(
            text:
                "What is to be known of the change: 'line ends only' where the text differs in nothing else. Left out where there is nothing.",
            example: "line ends only"),
        "outcome": FieldNote(text: "What the request did to the thing."),
        "path": FieldNote(text: "Where the file is, from the course file on."),
        "pending": FieldNote(text: "How many requests to join wait; null for all but its teachers."),
        "plan": FieldNote(text: "A digest of the changes, to agree to them with POST /apply."),
        "passed_over": FieldNote(text: "How many people did not come back: they were deleted, or have another role."),
        "by": FieldNote(text: "Who took it away."),
        "due": FieldNote(text: "Until when: a day, at its end, or a minute of one; null: never."),
        "due_at": FieldNote(text: "The instant that is meant by it."),
        "entries": FieldNote(text: "How many went for good."),
        "hidden": FieldNote(text: "Whether it is a draft, for the course's teachers alone."),
        "modified_at": FieldNote(text: "When its text became another, or else when it was added."),
        "section": FieldNote(text: "The heading that it stands under.", example: "Week 1"),
        "trash": FieldNote(text: "The number in the trash, to bring it back; null where nothing is kept."),
        "visible_from": FieldNote(text: "From when on the course's students can read it; null for a draft."),
        "position": FieldNote(text: "The place in the course's order, from 1."),
        "courses": FieldNote(text: "The codes of the courses that the token is for; null for all."),
        "read_only": FieldNote(text: "Whether the token may change nothing."),
        "release_date": FieldNote(text: "The day, in the school's time zone, from which students read the materials."),
        "role": FieldNote(
            text: "What the account is for; of a course, what one is in it: null for all but its teachers and students."),
        "sessions": FieldNote(text: "How many sign-ins ended."),
        "shift_days": FieldNote(text: "By how many days the dates of the copy are others.", example: 364),
        "snippet": FieldNote(
            text: "The text around the words, in one line; null where there is no text."),
        "state": FieldNote(
            text: "Whether the key opens the course: active, asleep (the course has another way in), disabled, expired or used_up.",
            example: "active"),
        "status": FieldNote(text: "Of the enrollment."),
        "students": FieldNote(text: "How many are enrolled."),
        "subject": FieldNote(
            text: "What in the course it was done to or is new: a material's title, students' names, else the course's code."),
        "text": FieldNote(text: "What stands in the file.", example: "course: BIO-101\n"),
        "teacher": FieldNote(text: "The owner's username."),
        "teacher_id": FieldNote(text: "The owner's id."),
        "teacher_name": FieldNote(text: "What the owner is called; null where nobody said it."),
        "via": FieldNote(text: "Through which door: cli or http.", example: "http"),
        "title": FieldNote(text: "The title, as it was given."),
        "tokens": FieldNote(text: "How many tokens ended, which were made for scripts."),
        "token": FieldNote(text: "The secret. It is shown this once; null in a dry run."),
        "token_type": FieldNote(text: "Always Bearer: how the token is sent."),
        "use_limit": FieldNote(text: "How many may join with the key; null: as many as like.", example: 40),
        "user": FieldNote(text: "Who is signed in now."),
        "username": FieldNote(text: "The name of the account."),
        "uses": FieldNote(text: "How many joined with the key."),
    ]

    /// Of RFC 9457's problem.
    static let problems: Table = [
        "type": FieldNote(text: "Always about:blank: the code says more."),
        "title": FieldNote(text: "The status in words."),
        "status": FieldNote(text: "The status of the answer."),
        "code": FieldNote(
            text: "What programs match.", rule: .text(choices: LMSError.Code.allCases.map(\.rawValue))),
        "detail": FieldNote(text: "What is wrong, for people. The words may change."),
        "hint": FieldNote(text: "What to do about it."),
        "problems": FieldNote(text: "What is wrong in files, the first twenty places."),
        "file": FieldNote(text: "The file's name, as the request has it."),
        "line": FieldNote(text: "From 1."),
        "column": FieldNote(text: "In Unicode characters, from 1."),
        "message": FieldNote(text: "What is wrong there, for people."),
        "retry_after": FieldNote(text: "After how many seconds the same request may work."),
        "request_id": FieldNote(text: "What the server's log calls the request, for statuses from 500 on."),
    ]
}
