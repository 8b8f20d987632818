internal import LMSCore
internal import LMSText
internal import Testing

/// What somebody was answered who asked something; refusals too.
package struct Reply: Sendable {
    package let inquiry: Inquiry
    package let text: String

    package init(to inquiry: Inquiry, _ text: String) {
        self.inquiry = inquiry
        self.text = text
    }

    fileprivate static func text(_ useCase: some UseCase, on service: any LMSService) async throws -> String {
        do {
            return String(decoding: try await JSONOutput.bytes(service.perform(useCase)), as: UTF8.self)
        } catch let error as LMSError {
            return ([error.message, error.hint ?? ""] + (error.problems ?? []).map(\.text) + error.causes).joined(separator: "\n")
        }
    }
}

extension ActedSchool {
    /// What somebody is answered who asks all of this.
    package func replies(to inquiries: [Inquiry], of viewer: String) async throws -> [Reply] {
        var replies: [Reply] = []
        for inquiry in inquiries {
            let text = try await Reply.text(inquiry.useCase, on: way(person(viewer), inquiry.isDryRun))
            replies.append(Reply(to: inquiry, text))
        }
        return replies
    }

    /// Expects that each answer tells names and numbers of whom it is there to tell, and that all of them together tell what the
    /// viewer may know: no more and no less. Dry runs are judged one by one: they tell what would be so.
    package func expectHonest(_ replies: [Reply], to viewer: String) {
        var all: Set<String> = []
        for reply in replies {
            let words = WhoSeesWhom.words(in: reply.text)
            let expected = model.told(reply.inquiry.telling, to: viewer)
            let isHonest = reply.inquiry.isDryRun ? words.isSubset(of: expected) : words == expected
            #expect(isHonest, "\(reply.inquiry.name) to \(viewer): \(words.sorted()), not \(expected.sorted()): \(reply.text)")
            if !reply.inquiry.isDryRun { all.formUnion(words) }
        }
        for person in people.keys.sorted() + gone {
            #expect(
                all.contains(WhoSeesWhom.name(of: person)) == model.seesName(viewer, of: person), "\(viewer), name of \(person)")
            #expect(
                all.contains(WhoSeesWhom.number(of: person)) == model.seesNumber(viewer, of: person),
                "\(viewer), number of \(person)")
        }
    }

    /// Expects that what is written about everybody's acts has neither a name nor a number, however written: nor what was searched.
    package func expectSilent(_ trail: String, _ what: String) {
        #expect(!trail.isEmpty)
        // As addresses have it, a blank is no part of a word either.
        let text = trail.lowercased().replacing("%20", with: " ")
        #expect(WhoSeesWhom.words(in: text, beginning: "name") == [], "\(what)")
    }
}
