import Language
import Stories
import TestSupport
import Testing
import Times

/// What is read from a text, as `expression=value`.
func times(_ text: String, published: String? = "2018-02-15") -> [String] {
    let story = Story(text: text, published: published)
    return TimeReader().read(LanguageReader().read(story)).map { "\(story.text($0.span))=\($0.value)" }
}

@Suite("Expressions of time")
struct TimeTests {
    @Test(
        "resolve against the day of publication, a Thursday",
        arguments: [
            ("It burned on Feb. 7.", "Feb. 7=2018-02-07"),
            ("It burned on Wednesday.", "Wednesday=2018-02-14"),
            ("It burned on Thursday.", "Thursday=2018-02-15"),
            ("It burned yesterday.", "yesterday=2018-02-14"),
            ("It burned on December 11, 2017.", "December 11, 2017=2017-12-11"),
            ("It burned on 11 December 2017.", "11 December 2017=2017-12-11"),
            ("It burned on 2018/02/07.", "2018/02/07=2018-02-07"),
            ("It burned in March 2016.", "March 2016=2016-03"),
            ("It burned last week.", "last week=2018-W06"),
            ("It burned in 2014.", "2014=2014"),
            ("It burned last Friday.", "last Friday=2018-02-09"),
            ("It burned in December.", "December=2017-12"),
            ("It burned last summer.", "last summer=2017-SU"),
            ("It burned three years ago.", "three years ago=2015"),
            ("It burned over the weekend.", "the weekend=2018-W06-WE"),
        ])
    func resolve(text: String, expected: String) {
        #expect(times(text) == [expected])
    }

    @Test("stay open where the day of publication is not known")
    func open() {
        #expect(times("It burned on Wednesday.", published: nil) == ["Wednesday=XXXX-WXX-3"])
        #expect(times("It burned last year.", published: nil) == ["last year=XXXX"])
        #expect(times("It burned on Feb. 7.", published: nil) == ["Feb. 7=XXXX-02-07"])
    }

    @Test(
        "lie ahead where the verb that they hang on looks ahead",
        arguments: [
            ("The ministers will meet on Friday.", "Friday=2018-02-16"),
            ("The ministers met on Friday.", "Friday=2018-02-09"),
            ("The talks are scheduled to resume Monday.", "Monday=2018-02-19"),
            ("The ministers agreed to meet on Monday.", "Monday=2018-02-19"),
            ("The clerk shot a man attempting to rob the store Saturday.", "Saturday=2018-02-10"),
            ("The law will take effect in March.", "March=2018-03"),
            ("The law took effect in March.", "March=2017-03"),
            ("The dividend will be payable May 3.", "May 3=2018-05-03"),
        ])
    func direction(text: String, expected: String) {
        #expect(times(text) == [expected])
    }

    @Test(
        "take the words along that belong to them",
        arguments: [
            ("They had left by the end of last week.", "the end of last week=2018-W06"),
            ("They left in mid-February.", "mid-February=2018-02"),
            ("They left earlier this week.", "earlier this week=2018-W07"),
            ("They left late Tuesday night.", "late Tuesday night=2018-02-13TNI"),
            ("They left in the early 1980s.", "the early 1980s=198"),
            ("They stayed for nearly two years.", "nearly two years=P2Y"),
            ("They stayed for more than four hours.", "more than four hours=PT4H"),
            ("They left in the past few days.", "the past few days=PXD"),
        ])
    func extent(text: String, expected: String) {
        #expect(times(text) == [expected])
    }

    @Test("count from what was last told of, in a narrative")
    func narrative() {
        #expect(
            times("The bridge fell on Jan. 5. Two days later it rained. The following Monday it was rebuilt.")
                == ["Jan. 5=2018-01-05", "Two days later=2018-01-07", "The following Monday=2018-01-08"])
        #expect(
            times("He was born in 1931. That year the bank failed.") == ["1931=1931", "That year=1931"])
    }

    @Test("of a story about years long past lie in the year last told of")
    func history() {
        let text = """
            The war began in 1912. In 1913 it spread. In 1914 it paused, and in 1915 it resumed; by 1916 both sides were \
            tired. In 1917 the talks began. In 1918 they failed. In 1919 came the truce. In 1920 it broke. On June 22 the \
            army crossed the river.
            """
        #expect(times(text).last == "June 22=1920-06-22")
    }

    @Test(
        "of the clock take the day beside them",
        arguments: [
            ("It began at 3:30 p.m. on Wednesday.", ["3:30 p.m. on Wednesday=2018-02-14T15:30"]),
            ("It began at 2 a.m. Sunday.", ["2 a.m. Sunday=2018-02-11T02:00"]),
            ("It ends at 5 p.m. EST, Feb. 9.", ["5 p.m. EST, Feb. 9=2018-02-09T17:00"]),
            ("It began at noon Saturday.", ["noon Saturday=2018-02-10T12:00"]),
            (
                "He was shot Sunday night. It happened about 1 a.m.",
                ["Sunday night=2018-02-11TNI", "1 a.m.=2018-02-12T01:00"]
            ),
        ])
    func clock(text: String, expected: [String]) {
        #expect(times(text) == expected)
    }

    @Test(
        "of business name quarters, halves and fiscal years",
        arguments: [
            ("Profit fell in the fourth quarter.", ["the fourth quarter=2017-Q4"]),
            ("Profit fell in the third quarter of 1990.", ["the third quarter of 1990=1990-Q3"]),
            ("Profit fell in the first half of 2017.", ["the first half of 2017=2017-H1"]),
            ("Profit fell in fiscal 2016.", ["fiscal 2016=2016"]),
            (
                "Profit fell in the fourth quarter to $1 million from $2 million a year earlier.",
                ["the fourth quarter=2017-Q4", "a year earlier=2016-Q4"]
            ),
        ])
    func quarters(text: String, expected: [String]) {
        #expect(times(text) == expected)
    }

    @Test(
        "of the calendar of feasts are found in their year",
        arguments: [
            ("He was found on Thanksgiving Day.", "Thanksgiving Day=2017-11-23"),
            ("He was found on Christmas Eve.", "Christmas Eve=2017-12-24"),
            ("He was found on New Year's Day.", "New Year's Day=2018-01-01"),
            ("The rising of Easter 1916 failed.", "Easter 1916=1916-04-23"),
            ("He was found on Labor Day.", "Labor Day=2017-09-04"),
            ("He was found on the eve of Christmas.", "the eve of Christmas=2017-12-24"),
        ])
    func holidays(text: String, expected: String) {
        #expect(times(text) == [expected])
    }

    @Test("tell durations from dates")
    func durations() throws {
        let story = Story(text: "The search took three days and 20 minutes.", published: "2018-02-15")
        let found = TimeReader().read(LanguageReader().read(story))
        #expect(found.map(\.type) == [.duration, .duration])
        #expect(found.map(\.value) == ["P3D", "PT20M"])
        #expect(times("It took half an hour.") == ["half an hour=PT30M"])
        #expect(times("It took a minute and a half.") == ["a minute and a half=PT1M30S"])
    }

    @Test(
        "that come again are sets",
        arguments: [
            ("They meet every Friday.", "every Friday=XXXX-WXX-5"),
            ("They march each July.", "each July=XXXX-07"),
            ("They vote every four years.", "every four years=P4Y"),
            ("It sells 540,000 tonnes a year.", "a year=P1Y"),
            ("They meet daily.", "daily=P1D"),
        ])
    func sets(text: String, expected: String) {
        #expect(times(text) == [expected])
    }

    @Test(
        "need no day last told of where none is meant",
        arguments: [
            ("He said that Monday was calm.", "Monday=2018-02-12"),
            ("Flags flew at half-mast following Monday's attack.", "Monday=2018-02-12"),
        ])
    func plain(text: String, expected: String) {
        #expect(times(text) == [expected])
    }

    @Test(
        "are not seen in ages, counts, titles and names",
        arguments: [
            "The six-year-old boy slept.", "A man, 52 years old, slept.", "They found 2014 people.",
            "It paid $2012 for the car.", "He may sing.", "They march north.",
            "Iraq imports three-quarters of its food.",
        ])
    func none(text: String) {
        #expect(times(text).isEmpty)
    }

    @Test("that the calendar lacks name no day")
    func impossible() {
        #expect(times("It burned on Feb. 30, 2018.").allSatisfy { !$0.hasSuffix("2018-02-30") })
        for text in [
            "It burned on Feb. 29, 2018.", "It burned in 0.", "It burned in 99999.", "It burned on 0000-00-00.",
            "It burned 99999 years ago.", "It burned 999999999999999 centuries ago.", "It burned 31/31/2018.",
            "At 99:99 p.m. on 45 May 0000.", "the 0th century", "two million million million years",
            "mid-99999999999999999999999s", "one hundred hundred hundred hundred hundred hundred hundred years ago",
        ] {
            for published in ["2018-02-15", "0001-01-01", "9999-12-31"] { _ = times(text, published: published) }
        }
    }
}
