#!/usr/bin/env python3
"""Makes many stories out of few, to measure a record at size.

  generate_stories.py --count 100000 [--seed 1] CORPUS.jsonl... > stories.jsonl

Takes stories with `id`, `text`, `published`, and, where known, `title` and `cluster` (stories of one incident), and repeats
them in rounds until there are enough. Each incident of each round is another happening:

- it lies in another part of time: rounds are 30 weeks apart, so that weekdays hold; days and years in figures move along;
- its people have other names: every given name (Data/lists/given-name.txt) with the capitalised word behind it gets another
  pair, the same one throughout the incident, and later mentions by surname follow;
- its numbers are others: every number of two to 999 in figures is changed by up to a third, the same one to the same one;
- its towns are others: names of well-known US cities are dealt anew.

One story in eight comes a second time from another outlet, as a reprint; one in twenty-four as a later version of its own
outlet, a sentence and a number changed. The same arguments give the same bytes. The texts are their publishers' and stay
where they are: what this makes is for measuring alone.
"""
import argparse
import datetime
import hashlib
import json
import pathlib
import random
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTLETS = ["Meridian Wire", "Harbour Radio", "Coast Herald", "Balkan Dispatch", "Northern Post", "Valley Courier",
           "Channel Nine", "The Evening Ledger", "Plains Tribune", "Capital Monitor", "Delta News Agency", "The Beacon",
           "River City Star", "Gulf Observer", "Mountain Gazette", "Metro Daily"]
SYLLABLES = ["bar", "ben", "cor", "dal", "den", "fal", "gar", "hol", "ken", "lan", "mar", "mon", "nor", "pal", "quin", "ros",
             "sel", "tor", "ul", "ver", "wes", "yar", "zan"]
ENDINGS = ["son", "ley", "ton", "man", "ez", "ski", "field", "er", "ini", "ova", "wood", "by"]
CITIES = ["Chicago", "Houston", "Memphis", "Baltimore", "Detroit", "Cleveland", "Oakland", "Atlanta", "Phoenix", "Dallas",
          "Philadelphia", "Milwaukee", "Indianapolis", "Columbus", "Charlotte", "Denver", "Seattle", "Tulsa", "Omaha",
          "Sacramento", "Fresno", "Louisville", "Nashville", "Birmingham", "Jacksonville", "Tampa", "Orlando", "Miami",
          "Cincinnati", "Pittsburgh", "Buffalo", "Rochester", "Newark", "Richmond", "Norfolk", "Wichita", "Toledo", "Akron"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]
DATE = re.compile(r"\b(%s)( )(\d{1,2})\b(?!,\d)" % "|".join(m[:3] + r"[a-z]*\.?" for m in MONTHS))
NUMBER = re.compile(r"(?<![\w.,:/$-])([1-9]\d{0,2})(?![\w,:/%-]|\.\d)")
YEAR = re.compile(r"\b(19[89]\d|20[0-3]\d)\b")
ROUND = 30 * 7


class Round:
    """One incident's changes in one round."""

    def __init__(self, seed, shift, given):
        self.random = random.Random(hashlib.sha256(seed.encode()).digest())
        self.shift = shift
        self.given = given
        self.first, self.last, self.numbers, self.cities = {}, {}, {}, {}

    def name(self, match):
        first, last = match.group(1), match.group(2)
        if first not in self.given:
            return match.group(0)
        return "%s %s" % (self.first.setdefault(first, self.random.choice(self.given_list)), self.surname(last))

    def surname(self, last):
        if last not in self.last:
            syllables = self.random.sample(SYLLABLES, self.random.choice((1, 2)))
            self.last[last] = ("".join(syllables) + self.random.choice(ENDINGS)).capitalize()
        return self.last[last]

    def number(self, match):
        value = int(match.group(1))
        if value < 2:
            return match.group(0)
        if value not in self.numbers:
            self.numbers[value] = max(2, value + self.random.randint(-(value // 3), value // 3 + 1))
        return str(self.numbers[value])

    def date(self, match, published):
        month = next(i for i, m in enumerate(MONTHS, 1) if match.group(1)[:3] == m[:3])
        try:
            day = datetime.date(published.year, month, int(match.group(3)))
        except ValueError:
            return match.group(0)
        if day > published + datetime.timedelta(days=31):
            day = day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day
        day += datetime.timedelta(days=self.shift)
        # A letter behind the figures keeps them from being taken for a number to change.
        return "%s %d\u0000" % (MONTHS[day.month - 1], day.day)

    def text(self, text, published):
        text = DATE.sub(lambda m: self.date(m, published), text)
        text = YEAR.sub(lambda m: str(int(m.group(1)) + round(self.shift / 365.25)) + "\u0000", text)
        text = NUMBER.sub(self.number, text)
        text = re.sub(r"\b([A-Z][a-z]+) ([A-Z][a-z]+)\b", self.name, text)
        if self.last:
            known = re.compile(r"\b(%s)\b" % "|".join(sorted(map(re.escape, self.last), key=len, reverse=True)))
            made = set(self.last.values())
            text = known.sub(lambda m: m.group(0) if m.group(0) in made else self.last[m.group(0)], text)
        for city in CITIES:
            if city in text and city not in self.cities:
                self.cities[city] = self.random.choice(CITIES)
        if self.cities:
            text = re.sub(r"\b(%s)\b" % "|".join(self.cities), lambda m: self.cities[m.group(0)], text)
        return text.replace("\u0000", "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    lines = (ROOT / "Data/lists/given-name.txt").read_text(encoding="utf-8").splitlines()
    given_list = sorted({w.capitalize() for line in lines if not line.startswith("#") for w in line.split("\t")[0].split()
                         if w.isascii() and w.isalpha() and len(w) > 2})
    Round.given_list = given_list
    given = set(given_list)
    stories = []
    for path in options.corpora:
        with open(path, encoding="utf-8") as source:
            stories += [json.loads(line) for line in source]
    stories = [s for s in stories if s.get("published")]
    made, turn = 0, 0
    while made < options.count:
        rounds = {}
        for story in stories:
            if made >= options.count:
                break
            group = story.get("cluster", story["id"])
            key = "%s/%d/%s" % (options.seed, turn, group)
            change = rounds.setdefault(group, Round(key, turn * ROUND, given))
            published = datetime.date.fromisoformat(story["published"][:10])
            chance = random.Random(hashlib.sha256((key + story["id"]).encode()).digest())
            line = {"id": "%s-%d" % (story["id"], turn), "text": change.text(story["text"], published),
                    "published": str(published + datetime.timedelta(days=change.shift)),
                    "outlet": chance.choice(OUTLETS)}
            if story.get("title"):
                line["title"] = change.text(story["title"], published)
            copies = [line]
            if chance.random() < 1 / 8:
                copies.append({**line, "id": line["id"] + "-reprint", "outlet": chance.choice(OUTLETS),
                               "text": line["text"] + "\n\nThis report was distributed by %s." % line["outlet"]})
            if chance.random() < 1 / 24:
                number = NUMBER.sub(lambda m: str(int(m.group(1)) + 1), line["text"], count=1)
                copies.append({**line, "id": line["id"] + "-update", "text": number + "\n\nThis story was updated."})
            for copy in copies[:options.count - made]:
                sys.stdout.write(json.dumps(copy, ensure_ascii=False) + "\n")
                made += 1
        turn += 1


if __name__ == "__main__":
    main()
