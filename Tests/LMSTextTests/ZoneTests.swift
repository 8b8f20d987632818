import LMSTestSupport
import Testing

@testable import LMSText

/// Zones: what clocks show, and when days begin.
@Suite struct ZoneTests {
    private static func seconds(_ text: String) throws -> Int64 { try #require(Instant(text)).seconds }

    private func zone(_ rule: String) throws -> Zone { try #require(Zone("Test/Zone", file: ZoneFileBytes.make(rule: rule))) }

    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test(
        arguments: [
            ("+07:00", "2027-01-10T17:00:00Z"), ("-03:30", "2027-01-11T03:30:00Z"), ("+00:00", "2027-01-11T00:00:00Z"),
            ("+14:00", "2027-01-10T10:00:00Z"), ("-14:00", "2027-01-11T14:00:00Z"),
        ])
    func `a day begins at midnight of an offset`(offset: String, start: String) throws {
        let zone = try #require(Zone(offset: offset))
        #expect(zone.start(of: try day("2027-01-11")).description == start)
        #expect(zone.name == offset)
        #expect(zone.local(try #require(Instant(start))).description == "2027-01-11 00:00")
    }

    @Test(arguments: ["", "+7:00", "07:00", "+0700", "+07:60", "+14:01", "-15:00", "+07:00 ", "+0a:00", "Z", "\u{2212}07:00"])
    func `what is no offset is none`(text: String) {
        #expect(Zone(offset: text) == nil)
    }

    @Test func `a time that clocks pass over is when they do, and one that they show twice the first`() throws {
        let berlin = try zone("CET-1CEST,M3.5.0,M10.5.0/3")
        let gap = LocalTime(seconds: try Self.seconds("2027-03-28T02:30:00Z"))
        #expect(berlin.instant(of: gap).description == "2027-03-28T01:00:00Z")
        #expect(berlin.local(berlin.instant(of: gap)).description == "2027-03-28 03:00")
        let twice = LocalTime(seconds: try Self.seconds("2027-10-31T02:30:00Z"))
        #expect(berlin.instant(of: twice).description == "2027-10-31T00:30:00Z")
        #expect(berlin.latest(upTo: try #require(Instant("2027-10-31T01:10:00Z"))).description == "2027-10-31 02:59")
        #expect(berlin.local(try #require(Instant("2027-10-31T01:10:00Z"))).description == "2027-10-31 02:10")
    }

    @Test func `a day whose midnight is passed over begins behind it, and one with two midnights at the first`() throws {
        let havana = try zone("CST5CDT,M3.2.0/0,M11.1.0/1")
        #expect(havana.start(of: try day("2027-03-14")).description == "2027-03-14T05:00:00Z")
        #expect(havana.local(havana.start(of: try day("2027-03-14"))).description == "2027-03-14 01:00")
        #expect(havana.start(of: try day("2027-11-07")).description == "2027-11-07T04:00:00Z")
    }

    @Test func `a day that has begun stays so, also where clocks go back into the day before`() throws {
        // At half past midnight they go back by an hour.
        let zone = try zone("AAA0BBB,M3.2.0/0,M11.1.0/0:30")
        let today = try day("2027-11-07")
        let start = zone.start(of: today)
        #expect(start.description == "2027-11-06T23:00:00Z")
        let back = Instant(seconds: start.seconds + 2000)
        #expect(zone.local(back).description == "2027-11-06 23:33")
        #expect(zone.today(at: back) == today)
        #expect(zone.today(at: Instant(seconds: start.seconds - 1)).description == "2027-11-06")
    }

    @Test func `a day that a place left out begins as the next one does`() throws {
        let change = try Self.seconds("2011-12-30T10:00:00Z")
        let apia = try #require(
            Zone("Pacific/Apia", file: ZoneFileBytes.make(changes: [(change, 14 * 3600)], first: -10 * 3600, rule: "<+14>-14")))
        for text in ["2011-12-30", "2011-12-31"] { #expect(apia.start(of: try day(text)).seconds == change) }
        #expect(apia.today(at: Instant(seconds: change - 1)).description == "2011-12-29")
        #expect(apia.today(at: Instant(seconds: change)).description == "2011-12-31")
        #expect(apia.local(Instant(seconds: change)).description == "2011-12-31 00:00")
    }

    @Test func `a local time has come exactly where its instant has`() throws {
        let rules = ["CET-1CEST,M3.5.0,M10.5.0/3", "AAA0BBB,M3.2.0/0,M11.1.0/0:30", "CCC12", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0"]
        let zones = try rules.map(zone) + [try #require(Zone(offset: "+05:45"))]
        var generator = SystemRandomNumberGenerator()
        for zone in zones {
            for _ in 0..<2000 {
                let now = Instant(seconds: .random(in: 0...4_000_000_000, using: &generator))
                let local = LocalTime(seconds: now.seconds + .random(in: -40 * 3600...40 * 3600, using: &generator))
                #expect((zone.instant(of: local) <= now) == (local <= zone.latest(upTo: now)), "\(local) at \(now), \(zone)")
                #expect((zone.start(of: local.date) <= now) == (local.date <= zone.today(at: now)), "\(local) at \(now)")
            }
        }
    }

    @Test(
        arguments: [
            ("WIB-7", 25200, 25200), ("<+0545>-5:45", 20700, 20700), ("EST5EDT,M3.2.0,M11.1.0", -18000, -14400),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", 0, 3600), ("XXX3EDT4,0/0,J365/23", -14400, -14400),
            ("AAA0BBB-2,J60/0,J300/0", 0, 7200), ("AAA0BBB-2,59/0,299/0", 0, 7200),
            ("EET-2EEST,M3.4.4/50,M10.4.4/50", 7200, 10800), ("AEST-10AEDT,M10.1.0,M4.1.0/3", 39600, 36000),
        ] as [(String, Int64, Int64)])
    func `a rule has an offset in January and one in July`(rule: String, january: Int64, july: Int64) throws {
        let zone = try zone(rule)
        for (text, offset) in [("2027-01-15T12:00:00Z", january), ("2028-07-15T12:00:00Z", july)] {
            let instant = try #require(Instant(text))
            #expect(zone.local(instant).seconds - instant.seconds == offset, "\(text)")
        }
    }

    @Test func `days of the Julian count leave out 29 February, and plain ones have it`() throws {
        for (rule, day) in [("AAA0BBB,J60/0,J300/0", "2028-03-01"), ("AAA0BBB,59/0,299/0", "2028-02-29")] {
            let zone = try zone(rule)
            let start = try #require(Instant("\(day)T00:00:00Z"))
            #expect(zone.local(start).seconds - start.seconds == 3600)
            #expect(zone.local(Instant(seconds: start.seconds - 1)).seconds - start.seconds == -1)
        }
    }

    @Test(
        arguments: [
            "W-7", "WIB", "WIB-25", "WIB-7:60", "WIB-7X", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M10.5.0/3,",
            "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J1",
            "CET-1CEST,366,J1", "CET-1CEST,M3.5.0/168,M10.5.0", "<CET-1", "<C>-1", "CET--1", "CET-99999999999999999999",
        ])
    func `what is no rule is none`(rule: String) {
        #expect(Zone("Test/Zone", rule: rule) == nil)
        #expect(Zone("Test/Zone", file: ZoneFileBytes.make(rule: rule)) == nil)
    }

    @Test func `a file of another kind, cut short, or that counts leap seconds is none`() throws {
        let whole = ZoneFileBytes.make(changes: [(0, 3600), (1000, 7200)], rule: "EET-2")
        #expect(Zone("Test/Zone", file: whole) != nil)
        for length in 0..<whole.count { #expect(Zone("Test/Zone", file: Array(whole[..<length])) == nil, "\(length) bytes") }
        var leaping = ZoneFileBytes.make(rule: "WIB-7")
        // The count of leap seconds, in the second header, and one behind the types.
        let header = try #require(leaping.indices.dropFirst().first { leaping[$0...].starts(with: Array("TZif".utf8)) })
        leaping[header + 31] = 1
        leaping.insert(contentsOf: [UInt8](repeating: 0, count: 12), at: header + 44 + 7)
        #expect(Zone("Test/Zone", file: leaping) == nil)
        #expect(Zone("Test/Zone", file: ZoneFileBytes.make(changes: [(5, 0), (5, 60)], rule: "WIB-7")) == nil)
        #expect(Zone("Test/Zone", file: ZoneFileBytes.make(first: 26 * 3600, rule: "WIB-7")) == nil)
        #expect(Zone("Test/Zone", file: whole + [UInt8](repeating: 0, count: 64 << 10)) == nil)
    }

    @Test func `a file of version 1 has its last offset for ever`() throws {
        let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1]
        let bytes =
            Array("TZif".utf8) + [UInt8](repeating: 0, count: 16) + counts + [0, 0, 0x0e, 0x10] + [1]
            + [0, 0, 0, 0, 0, 0] + [0, 0, 0x1c, 0x20, 0, 0] + [0]
        let zone = try #require(Zone("Test/Zone", file: bytes))
        for (second, offset) in [(0, 0), (3599, 0), (3600, 7200), (4_000_000_000, 7200)] as [(Int64, Int64)] {
            #expect(zone.local(Instant(seconds: second)).seconds == second + offset)
        }
    }

    @Test func `no bytes trap the reader, and what it reads of them keeps its promise`() throws {
        let sources = [
            ZoneFileBytes.make(
                changes: (0..<40).map { (Int64($0) * 10_000_000, Int32($0 % 3) * 3600) }, rule: "CET-1CEST,M3.5.0,M10.5.0/3"),
            ZoneFileBytes.make(rule: "<-02>2<-01>,M3.5.0/-1,M10.5.0/0"),
        ]
        var generator = SystemRandomNumberGenerator()
        var read = 0
        for round in 0..<20_000 {
            var bytes = sources[round % 2]
            for _ in 0...Int.random(in: 0...3, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                let planted: [UInt8] = [0, 1, 0x7f, 0x80, 0xff, .random(in: 0...255, using: &generator)]
                bytes[place] = planted.randomElement(using: &generator) ?? 0
            }
            guard let zone = Zone("Test/Zone", file: bytes) else { continue }
            read += 1
            for second in [Int64.min, -62_135_596_800, 0, 390_000_000, 1_800_000_000, 253_402_300_799, .max] {
                let instant = Instant(seconds: second)
                #expect(zone.instant(of: zone.latest(upTo: instant)) <= instant || second < 0 || second > 253_000_000_000)
                _ = zone.start(of: zone.local(instant).date)
            }
        }
        #expect(read > 1000)
    }
}
