from datetime import date

from icalendar import Calendar

from programmes.exports.calendar import CalendarEntry, write_calendar

BREAK = CalendarEntry("lov-7", "Höstlov", date(2026, 10, 26), date(2026, 10, 30))


def written(*entries, today=date(2026, 11, 22)):
    return write_calendar(entries, name="Almskolan, läsåret 2026/27", host="stins.ekbacka.example", today=today)


def test_a_break_is_whole_days_and_ends_on_the_day_after():
    [event] = Calendar.from_ical(written(BREAK)).walk("VEVENT")

    assert event["uid"] == "lov-7@stins.ekbacka.example"
    assert event["summary"] == "Höstlov"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 10, 26), date(2026, 10, 31))
    assert event["transp"] == "TRANSPARENT"


def test_calendar_says_its_name_and_asks_to_be_fetched_twice_a_day():
    calendar = Calendar.from_ical(written())

    assert str(calendar["x-wr-calname"]) == "Almskolan, läsåret 2026/27"
    assert calendar["x-wr-timezone"] == "Europe/Stockholm"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in written()


def test_lines_end_and_fold_as_the_standard_says_and_no_letter_is_cut_in_two():
    title = "Aktiva åskådare och förändring; personalpass, " * 4
    bytes_written = written(CalendarEntry("pass-1", title, date(2026, 12, 1), date(2026, 12, 31)))

    lines = bytes_written.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    assert [line.decode() for line in lines]  # a letter cut in two would not decode
    [event] = Calendar.from_ical(bytes_written).walk("VEVENT")
    assert event["summary"] == title


def test_a_line_break_in_a_title_adds_no_line_to_the_file():
    bytes_written = written(CalendarEntry("a", "Ett\r\nSUMMARY:Två", date(2026, 9, 1), date(2026, 9, 1)))

    summaries = [line for line in bytes_written.decode().split("\r\n") if line.startswith("SUMMARY")]
    assert summaries == ["SUMMARY:Ett\\nSUMMARY:Två"]


def test_same_entries_in_any_order_give_the_same_bytes():
    meeting = CalendarEntry("traff-3", "Föräldraträff", date(2026, 9, 8), date(2026, 9, 8))

    assert written(BREAK, meeting) == written(meeting, BREAK)
