import Foundation
import Testing

extension Robustness {
    @Suite struct EndlessList {}
}

/// A server may say at every page that there is another one.
extension Robustness.EndlessList {
    enum Trick: String, CaseIterable, CustomTestStringConvertible {
        case samePlace, samePlaceWithoutRows, circle, newPlacesWithoutRows, newPlacesWithOneRow, hugePlace,
            tooManyRows

        var testDescription: String { rawValue }

        /// How many rows a page has, and the place that the next begins behind.
        func page(_ number: Int) -> (rows: Int, next: String?) {
            switch self {
            case .samePlace: (1, "1")
            case .samePlaceWithoutRows: (0, "1")
            case .circle: (1, String(number % 3 + 1))
            case .newPlacesWithoutRows: (0, String(number))
            case .newPlacesWithOneRow: (1, String(number))
            case .hugePlace: (1, String(number) + String(repeating: "9", count: 100_000))
            case .tooManyRows: (501, nil)
            }
        }
    }

    private static let token = "lms_" + String(repeating: "t", count: 43)

    private static func page(_ rows: Int, _ row: String, next: String?) -> FakeServer.Answer {
        let items = Array(repeating: row, count: rows).joined(separator: ",")
        return FakeServer.page(
            "200 OK", "{\"items\":[\(items)],\"next\":\(next.map { "\"\($0)\"" } ?? "null")}")
    }

    private static let course =
        #"{"id":1,"code":"BIO","title":"Biology","teacher":"ani","release_date":"2026-01-01","#
        + #""enrollment":"open","students":0,"status":null,"teacher_id":1,"description":null}"#

    private func run(
        _ words: [String], _ answer: @escaping @Sendable (Int, String) -> FakeServer.Answer
    ) throws -> (outcome: Outcome, requests: Int) {
        let scene = try ProgramScene()
        let server = try FakeServer(answer: answer)
        defer { server.stop() }
        let outcome = try scene.run(
            scene.launch(words + ["--server", server.origin], database: nil, token: Self.token))
        return (outcome, server.requests.count)
    }

    @Test(arguments: Trick.allCases)
    func `a list without an end is left`(_ trick: Trick) throws {
        let (outcome, requests) = try run(["course", "list", "-q"]) { number, _ in
            let (rows, next) = trick.page(number)
            return Self.page(rows, Self.course, next: next)
        }
        #expect(!outcome.timedOut && outcome.status == 69, "\(outcome)")
        #expect(outcome.errors.contains("has no end"), "\(outcome)")
        #expect(requests <= 1001, "\(requests)")
    }

    @Test(arguments: [
        ["material", "list", "BIO"], ["roster", "list", "BIO"], ["search", "cells"], ["log"],
        ["token", "list"],
    ])
    func `no list is asked for ever`(_ words: [String]) throws {
        let (outcome, requests) = try run(words) { _, _ in Self.page(0, "", next: "7") }
        expectRefused(outcome, 69, "has no end")
        #expect(requests == 1)
    }

    @Test func `a long list of short pages is read to its end`() throws {
        let (outcome, requests) = try run(["course", "list", "-q"]) { number, _ in
            Self.page(2, Self.course, next: number < 40 ? String(number) : nil)
        }
        #expect(outcome.status == 0 && outcome.lines.count == 80, "\(outcome)")
        #expect(requests == 40)
    }
}
