#!/usr/bin/env python3
"""Writes tests/Switchyard.Tests/Sourcing/cut-offs.csv: the instants that cut-offs mean, by the tz database as Python reads it.

    python3 eng/cut-offs.py

An oracle independent of .NET: 200 cases over clock changes, leap days, UTC+14 and far years. A time the clock shows twice is meant the
first time (fold 0); one it leaps over comes as much later as it leaps, which is what the offset before the leap makes of it (fold 0 too).
"""
import csv
import random
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

ZONES = ["Europe/London", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Havana",
         "America/Santiago", "Atlantic/Azores", "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Asia/Kathmandu", "Asia/Tokyo",
         "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Antarctica/Troll"]
DAYS = [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1), date(2028, 2, 28), date(2028, 2, 29), date(2027, 2, 28),
        date(2038, 1, 19), date(2100, 2, 28), date(2026, 12, 31)]
TIMES = [time(0, 30), time(1, 30), time(2, 0), time(2, 30), time(12, 0), time(15, 30), time(23, 30)]


def changes(zone: ZoneInfo, year: int):
    """The local days of a year on which the clock is changed."""
    day = datetime(year, 1, 1, tzinfo=timezone.utc)
    while day.year == year:
        later = day + timedelta(hours=1)
        before, after = day.astimezone(zone), later.astimezone(zone)
        if before.utcoffset() != after.utcoffset():
            yield before.date()
            yield after.date()
        day = later


def main():
    rng = random.Random(2026)
    cases = set()
    for name in ZONES:
        zone = ZoneInfo(name)
        for day in sorted(set(changes(zone, 2026))):
            for at in (time(0, 30), time(1, 30), time(2, 30), time(23, 30)):
                cases.add((name, day, at))
    cases = set(rng.sample(sorted(cases), 120))
    while len(cases) < 200:
        cases.add((rng.choice(ZONES), rng.choice(DAYS), rng.choice(TIMES)))
    path = Path(__file__).parent.parent / "tests/Switchyard.Tests/Sourcing/cut-offs.csv"
    with path.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["zone", "day", "cut_off", "instant"])
        for name, day, at in sorted(cases):
            instant = datetime.combine(day, at, ZoneInfo(name)).astimezone(timezone.utc)
            out.writerow([name, day, at.strftime("%H:%M"), instant.strftime("%Y-%m-%dT%H:%M:%SZ")])


main()
