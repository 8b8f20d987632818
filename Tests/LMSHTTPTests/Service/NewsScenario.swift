import LMSCore
import LMSText

@testable import LMSHTTP

/// What is new, to everybody in the courses of `Scenario` and to who is in none.
enum NewsScenario {
    static func play(_ play: Play) async throws {
        for who in [nil, "guru", "siti", "budi", "other"] {
            try await play.step(who, ListNews())
            try await play.step(who, ListNews(since: "2026-11-23", course: "bio-101", limit: 3))
        }
        for who in ["guru", "siti"] { try await play.pages(who) { ListNews(since: "30d", limit: 1, after: $0) } }
        try await play.step("siti", ListNews(since: "2999-01-01T00:00:00Z"))
        for since in ["", "7", "2026-02-30", "a b&c=d"] { try await play.step("siti", ListNews(since: since)) }
        try await play.step("siti", ListNews(limit: 0))
        for text in ["a b&c=d", "1", "2026-11-23T12:00:00Z.9.1", "2026-11-23T12:00:00Z.1.01"] {
            try await play.step("guru", ListNews(after: try Play.cursor(text)))
        }
    }
}
