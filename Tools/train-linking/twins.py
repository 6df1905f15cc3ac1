#!/usr/bin/env python3
"""Writes stories for the training of linking that its corpora lack: briefs, and twins.

    onrecord read --input jsonl --with-text CORPUS.jsonl > READINGS.jsonl
    twins.py CORPUS.jsonl READINGS.jsonl > TWINS.jsonl
    twins.py CORPUS.jsonl > BRIEFS.jsonl

Briefs: two of three stories are cut to their first sentences, as wires have them; without readings
they are all. Twins: of two of three stories of the
training part a second one that tells the same of another town, half of them of the same state, with other persons, and mostly other figures: wires tell of
kindred incidents in the same words. A twin is an incident of its own (`cluster`), published the same day; `origin` says whose
twin it is. All is drawn by the stories' ids, so the same corpus gives the same stories.
"""
import json
import math
import re
import sys
import zlib

# Where twins happen, beside the places of the corpus: a town, and the province or country that stands behind it.
PLACES = [place.split(", ") for place in """Kabul, Afghanistan; Kandahar, Afghanistan; Baghdad, Iraq; Basra, Iraq; Mosul, Iraq
Karachi, Pakistan; Lahore, Pakistan; Quetta, Pakistan; New Delhi, India; Mumbai, India; Kolkata, India; Dhaka, Bangladesh
Colombo, Sri Lanka; Manila, Philippines; Jakarta, Indonesia; Bangkok, Thailand; Beijing, China; Shanghai, China; Tokyo, Japan
Moscow, Russia; Kiev, Ukraine; Istanbul, Turkey; Ankara, Turkey; Damascus, Syria; Aleppo, Syria; Beirut, Lebanon; Cairo, Egypt
Tripoli, Libya; Tunis, Tunisia; Algiers, Algeria; Lagos, Nigeria; Kano, Nigeria; Nairobi, Kenya; Mogadishu, Somalia
Khartoum, Sudan; Kampala, Uganda; Johannesburg, South Africa; Durban, South Africa; Paris, France; Lyon, France
Marseille, France; Turin, Italy; Naples, Italy; Madrid, Spain; Seville, Spain; Berlin, Germany; Munich, Germany
London, England; Glasgow, Scotland; Belfast, Northern Ireland; Athens, Greece; Sofia, Bulgaria; Warsaw, Poland
Mexico City, Mexico; Tijuana, Mexico; Bogota, Colombia; Cali, Colombia; Lima, Peru; Caracas, Venezuela; Quito, Ecuador
Sao Paulo, Brazil; Recife, Brazil; Buenos Aires, Argentina; Santiago, Chile; Sydney, Australia; Melbourne, Australia
Auckland, New Zealand; Toronto, Canada; Vancouver, Canada; Halifax, Canada; Denver, Colorado; Memphis, Tennessee
Houston, Texas; Dallas, Texas; Chicago, Illinois; Detroit, Michigan; Boston, Massachusetts; Seattle, Washington
Portland, Oregon; Phoenix, Arizona; Atlanta, Georgia; Miami, Florida; Tampa, Florida; New Orleans, Louisiana
St. Louis, Missouri; Cleveland, Ohio; Omaha, Nebraska; Albuquerque, New Mexico; Las Vegas, Nevada; Oakland, California
Milwaukee, Wisconsin; Baltimore, Maryland; Newark, New Jersey; Buffalo, New York; Birmingham, Alabama"""
          .replace("\n", "; ").split("; ")]
STREETS = """Adler Alder Amber Barlow Beacon Birch Bishop Briar Carver Cedar Chester Clifton Copley Corbin Dalton Dover Dryden Easton
Elder Fenwick Garnet Grafton Hadley Harbor Hobart Juniper Kirby Larch Linden Marlow Mercer Nolan Orchard Palmer Quincy Rowan
Salem Sutton Tilden Upton Vernon Walnut Weston Yarrow""".split()
STREET = re.compile(r"\b(?:[NSEW]\. |North |South |East |West )?((?:[A-Z][\w'’]+ ){1,2})"
                    r"(Street|St\b\.?|Avenue|Ave\b\.?|Road|Rd\b\.?|Drive|Dr\b\.?|Boulevard|Blvd\b\.?|Lane|Court|Highway)")
SMALL = dict(one="two", two="three", three="five", four="two", five="three", six="nine", seven="four", eight="eleven",
             nine="six", ten="seven", eleven="eight", twelve="fifteen")


def draw(text, salt, count):
    return zlib.crc32(f"{salt} {text}".encode()) % count


def brief(story):
    """The story, cut to its first sentences where its id says so."""
    if draw(story["id"], "brief", 3) == 0:
        return story
    words = (30, 45, 60, 90)[draw(story["id"], "words", 4)]
    end = 0
    for index, word in enumerate(re.finditer(r"\S+", story["text"])):
        end = word.end()
        if index >= 2 * words or index >= words and re.search(r"[.!?][\"”')]*$", word[0]):
            break
    story = dict(story, text=story["text"][:end])
    if draw(story["id"], "title", 2):
        story["title"] = None
    return story


def names(reading, kind):
    text = reading["text"].encode()
    found = {}
    for name in reading["names"]:
        if name["type"] == kind:
            start, end = name["span"][0], name["span"][1]
            found.setdefault(text[start:end].decode(errors="replace"), None)
    return list(found)


def twin(story, reading, persons, town, neighbours, number):
    """The same of another place."""
    identity = f"{story['id']}-twin{number}"
    place = PLACES[draw(identity, "place", len(PLACES))]
    if town and town[0] == place[0]:
        place = PLACES[(PLACES.index(place) + 7) % len(PLACES)]
    if len(town) > 1 and neighbours and draw(identity, "near", 2):
        place = [neighbours[draw(identity, "neighbour", len(neighbours))], town[1]]
    swaps = {}
    if town:
        swaps[town[0]] = place[0]
        if len(town) > 1:
            swaps[town[1]] = place[1]
    # The story's first places are the incident's; of the others each gets another that lies anywhere.
    for index, name in enumerate(names(reading, "LOCATION")):
        if name in swaps or len(name) < 3:
            continue
        if not town and index < 2:
            swaps[name] = place[index]
        else:
            swaps[name] = place[index % 2] if index < 3 or len(town) > 1 and place[1] == town[1] else PLACES[draw(identity + name, "other", len(PLACES))][1]
    for name in names(reading, "PERSON"):
        other = persons[draw(identity + name.split()[-1], "person", len(persons))]
        words = name.split()
        if len(words) > 1:
            swaps[name] = other
        if len(words[-1]) > 2:
            swaps[words[-1]] = other.split()[-1]

    keep = draw(identity, "figures", 3) == 0

    def figure(found):
        value = int(found[0])
        is_day = re.search(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]* $", found.string[:found.start()])
        return found[0] if value > 1900 or is_day else str(value + 1 + draw(identity + found[0], "figure", 9))

    def street(found):
        return STREETS[draw(identity + found[1], "street", len(STREETS))] + " " + found[2]

    pattern = re.compile(r"(?<!\w)(" + "|".join(
        re.escape(n) for n in sorted(swaps, key=lambda n: (-len(n), n))) + r")(?!\w)", re.I) if swaps else None
    lower = {name.lower(): other for name, other in swaps.items()}

    def swap(found):
        other = lower[found[0].lower()]
        return other.upper() if found[0].isupper() and len(found[0]) > 3 else other

    def rewrite(text):
        if not text:
            return text
        text = STREET.sub(street, text)
        if pattern:
            text = pattern.sub(swap, text)
        if not keep:
            text = re.sub(r"(?<![\w:.,/$])\d{1,4}(?![\w:/%]|[.,]\d)", figure, text)
            text = re.sub(r"\b(" + "|".join(SMALL) + r")\b", lambda m: SMALL[m[0]], text)
        return text

    return dict(story, id=identity, text=rewrite(story["text"]), title=rewrite(story.get("title")), cluster=identity,
                origin=story["id"])


def split(place):
    return [re.sub(r" \(.*", "", part.strip()) for part in (place or "").split(",") if part.strip()]


def neighbours(gold, towns):
    """The towns of the same state that lie more than 60 km away."""
    town = split(gold.get("place"))
    if len(town) < 2 or gold.get("lat") is None:
        return []
    lat, lon = gold["lat"], gold["lon"]
    return sorted(name for name, (y, x) in towns.get(town[1], {}).items()
                  if math.hypot(y - lat, (x - lon) * math.cos(math.radians(lat))) * 111 > 60)


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        stories = [json.loads(line) for line in lines]
    fields = ("id", "text", "title", "published", "cluster", "topic")
    if len(sys.argv) == 2:
        for story in stories:
            print(json.dumps(brief({k: story[k] for k in fields if k in story})))
        return
    with open(sys.argv[2], encoding="utf-8") as lines:
        readings = [json.loads(line) for line in lines]
    persons = sorted({name for reading in readings for name in names(reading, "PERSON")
                      if re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", name)})
    towns = {}
    for story in stories:
        gold = story.get("gold") or {}
        town = split(gold.get("place"))
        if len(town) > 1 and gold.get("lat") is not None:
            towns.setdefault(town[1], {})[town[0]] = (gold["lat"], gold["lon"])
    for story, reading in zip(stories, readings):
        gold = story.get("gold") or {}
        town = split(gold.get("place"))
        story = {k: story[k] for k in fields if k in story}
        short = brief(story)
        print(json.dumps(short))
        if draw(story["id"], "twin", 3):
            other = twin(short, reading, persons, town, neighbours(gold, towns), 1)
            if other["text"] != short["text"]:
                print(json.dumps(other))


if __name__ == "__main__":
    main()
