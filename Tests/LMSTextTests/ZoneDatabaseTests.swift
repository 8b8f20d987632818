import Foundation
import Testing

@testable import LMSText

/// The machine's zone database, read by us and by Python's `zoneinfo`.
///
/// `LMS_ALL_ZONES=1` compares all names: some minutes.
@Suite struct ZoneDatabaseTests {
    private static let folder = "/usr/share/zoneinfo"
    static let isThere =
        FileManager.default.fileExists(atPath: folder + "/Asia/Jakarta") && (try? python("import zoneinfo")) != nil

    private static let sample = [
        "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Nuuk", "America/Sao_Paulo", "Antarctica/Troll",
        "Asia/Gaza", "Asia/Jakarta", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Berlin", "Europe/Dublin", "Pacific/Apia",
        "Pacific/Kwajalein",
    ]

    private static var names: [String] {
        ProcessInfo.processInfo.environment["LMS_ALL_ZONES"] == nil ? sample : []
    }

    /// What Python says of each zone: the offset of 1970, and each change until 2100.
    private static let script = """
        import sys, zoneinfo
        from datetime import datetime, timedelta, timezone
        epoch, end = datetime(1970, 1, 1, tzinfo=timezone.utc), 4133980800
        def offset(zone, second):
            return int((epoch + timedelta(seconds=second)).astimezone(zone).utcoffset().total_seconds())
        for name in sys.argv[1:] or sorted(zoneinfo.available_timezones()):
            zone = zoneinfo.ZoneInfo(name)
            before = offset(zone, 0)
            line = [name, str(before)]
            for second in range(43200, end, 43200):
                after = offset(zone, second)
                if after == before: continue
                low, high = second - 43200, second
                while high - low > 1:
                    middle = (low + high) // 2
                    if offset(zone, middle) == before: low = middle
                    else: high = middle
                line += [str(high), str(after)]
                before = after
            print(*line)
        """

    private static func python(_ script: String, _ arguments: [String] = []) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return text
    }

    @Test(.enabled(if: isThere, "there is no python3 with a zone database here"))
    func `each zone has the same changes as in Python, and days begin where these say`() throws {
        let lines = try Self.python(Self.script, Self.names).split(separator: "\n")
        #expect(lines.count >= Self.sample.count)
        var (changed, days) = (0, 0)
        for line in lines {
            let words = line.split(separator: " ")
            let name = String(words[0])
            let numbers = try words.dropFirst().map { try #require(Int64($0)) }
            var changes = [Change(at: 0, offset: numbers[0])]
            for index in stride(from: 1, to: numbers.count, by: 2) {
                changes.append(Change(at: numbers[index], offset: numbers[index + 1]))
            }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(name)"))
            let zone = try #require(Zone(name, file: Array(bytes)), "\(name)")
            #expect(Self.changes(of: zone) == changes, "\(name)")
            changed += changes.count - 1
            days += compareDays(zone, changes)
        }
        print("\(lines.count) zones, \(changed) changes, \(days) days")
    }

    private struct Change: Equatable {
        let at: Int64
        let offset: Int64
    }

    /// What we read: the offset of 1970, and all changes until 2100.
    private static func changes(of zone: Zone) -> [Change] {
        var changes = [Change(at: 0, offset: zone.offset(at: 0))]
        let end: Int64 = 4_133_937_600
        for begin in stride(from: Int64(0), to: end, by: 100 * 86_400) {
            for second in zone.changes(after: begin, through: min(begin + 100 * 86_400, end)) {
                let offset = zone.offset(at: second)
                if offset != changes.last?.offset { changes.append(Change(at: second, offset: offset)) }
            }
        }
        return changes
    }

    /// The days around each change, and one of each month: the first second is looked for at which clocks show the day or a later
    /// one.
    ///
    /// - Returns: How many days were compared.
    private func compareDays(_ zone: Zone, _ changes: [Change]) -> Int {
        var wrong: [String] = []
        let around = changes.dropFirst().flatMap { change in (-2...2).map { change.at / 86_400 + $0 } }
        let days = Set(around + Array(stride(from: Int64(2), to: 47_846, by: 31))).sorted()
        var index = 0
        for day in days {
            let midnight = day * 86_400
            // The first stretch of one offset in which the day is reached.
            while index + 1 < changes.count, midnight - changes[index].offset >= changes[index + 1].at { index += 1 }
            let start = max(changes[index].at, midnight - changes[index].offset)
            let date = CalendarDate(daysSince1970: day)
            if zone.start(of: date).seconds != start { wrong.append(date.description) }
            let (now, before) = (Instant(seconds: start), Instant(seconds: start - 1))
            if zone.today(at: now) < date || zone.today(at: before) >= date { wrong.append("today at \(date)") }
        }
        #expect(wrong == [], "\(zone.name)")
        return days.count
    }
}
