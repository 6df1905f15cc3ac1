"""The file format of the gazetteer, and the keys under which it finds names. Sources/Places reads it.

Little-endian. Magic "ONG2"; counts of places, keys and candidates, size of the pool, bits of the buckets (u32 each).
- Places, 28 bytes: pool offset u32, name length u8, level u8 (16 added: the capital of its country), country 2 letters, number of the place that it lies in plus 1
  (u32, 0 for none), latitude and longitude in 1/10,000 degree (i32), GeoNames id u32, inhabitants or reach u32.
- Buckets: for each value of the hash's top bits, the first of its keys (u32), and one behind the last.
- Keys, 8 bytes, by hash: low 32 bits of the hash u32, first candidate u32; a closing key.
- Candidates, 4 bytes: place number in the low 24 bits; above them 1: this is no usual name of the place. Widest reach first.
- Pool: names in UTF-8.

A key is the FNV-1a hash (64 bits) of a normalised name. `~` before it: its skeleton, by which spellings of names in other
scripts meet; `,` and a space: an abbreviation, good behind a comma.
"""
import struct
import unicodedata

LEVELS = ["exact", "populated", "district", "province", "country", "region"]
PARTICLES = {"al", "el", "ez", "az", "es", "as", "ad", "ed", "ar", "er", "ash", "esh", "at", "an", "ul", "uz"}
WHOLE = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
BITS = 18
# Names in these countries reach English papers through other scripts, in many spellings.
OTHER_SCRIPTS = set("SY IQ YE LY AF PK PS IL LB UA SD SO ER ET EG JO SA AE KW QA BH OM DZ MA TN TD IR RU BY KZ UZ TM TJ KG "
                    "AM AZ GE IN BD NP MM TH KH CN GR BG MK RS EH MR".split())
SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "e",
                         "ʼ": "", "’": "", "‘": "", "'": "", "`": "", "ʿ": "", "ʾ": "", ".": "", "-": " ", "‐": " ", "–": " ", ",": " ",
                         "&": " "})


def normalised(name):
    """The key of a name: lower case, no accents, apostrophes or points, the Arabic articles as one, St as Saint."""
    text = unicodedata.normalize("NFD", name.lower().translate(SPECIAL))
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(SPECIAL)
    words = [WHOLE.get(w, w) for w in text.split()]
    return " ".join([w if i == 0 or w not in PARTICLES else "al" for i, w in enumerate(words)])


def skeleton(key):
    """What all spellings of a name share: no vowels but the first, alike consonants as one, no article.

    `deir al zor`, `dayr al zawr` → `dr sr`; `khusham`, `khasham` → `ksm`.
    """
    words = []
    for index, word in enumerate(key.split()):
        if word == "al" or index == 0 and word in PARTICLES and " " in key:
            continue
        out = []
        for position, letter in enumerate(word):
            if letter in "aeiou":
                letter = "a" if position == 0 else ""
            elif letter in "hwy":
                letter = letter if position == 0 else ""
            letter = {"q": "k", "c": "k", "j": "g", "z": "s"}.get(letter, letter)
            if letter and letter.isalnum() and not (out and out[-1] == letter):
                out.append(letter)
        words.append("".join(out))
    return " ".join(w for w in words if w)


def fnv(key):
    value = 0xCBF29CE484222325
    for byte in key.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


class Table:
    def __init__(self):
        self.places, self.keys = [], {}

    def add(self, name, level, country, lat, lon, reach, geonameid, parent, names=(), others=(), is_capital=False):
        """Adds a place with its usual names and others; gives its number."""
        number = len(self.places)
        self.places.append((name, level, country or "", lat, lon, int(reach or 0), geonameid or 0, parent, is_capital))
        usual = {normalised(n) for n in (name, *names)}
        further = {normalised(n) for n in others} - usual
        for flag, group in ((0, usual), (1, further)):
            for key in group:
                if len(key) >= 2 and key.isascii() and not key.isdigit():
                    self.put(key, number, flag)
        if country in OTHER_SCRIPTS:
            # "Ar-Raqqah" is Raqqah.
            for key in usual | further:
                first, _, rest = key.partition(" ")
                if first in PARTICLES and len(rest) >= 4 and rest.isascii():
                    self.put(rest, number, 1)
        if country in OTHER_SCRIPTS and level in ("populated", "province", "district"):
            for key in usual | further:
                bones = skeleton(key)
                if key.isascii() and len(bones.replace(" ", "")) >= 3 and len(key) >= 5:
                    self.put("~" + bones, number, 1)
        return number

    def put(self, key, number, flag):
        found = self.keys.setdefault(key, {})
        found[number] = min(flag, found.get(number, 1))

    def abbreviate(self, short, number):
        """Lets an abbreviation stand for a division behind a comma: a key of its own, that no name can have."""
        self.put(", " + normalised(short), number, 0)

    def bytes(self):
        pool, offsets, body = bytearray(), {}, bytearray()
        for name, level, country, lat, lon, reach, geonameid, parent, is_capital in self.places:
            raw = name.encode()[:255].decode(errors="ignore").encode()
            if raw not in offsets:
                offsets[raw] = len(pool)
                pool += raw
            body += struct.pack("<IBB2sIiiII", offsets[raw], len(raw), LEVELS.index(level) + 16 * is_capital, (country or "\0\0").encode(), parent,
                                round(lat * 10_000), round(lon * 10_000), geonameid, min(reach, 0xFFFFFFFF))
        hashed = sorted((fnv(key), found) for key, found in self.keys.items())
        starts, keys, candidates = [0] * ((1 << BITS) + 1), bytearray(), bytearray()
        count = 0
        for value, found in hashed:
            starts[(value >> (64 - BITS)) + 1] += 1
            keys += struct.pack("<II", value & 0xFFFFFFFF, count)
            ranked = sorted(found, key=lambda n: (found[n], -self.rank(n), n))[:48]
            ranked.sort(key=lambda n: (-self.rank(n), n))
            for number in ranked:
                candidates += struct.pack("<I", number | found[number] << 24)
            count += len(ranked)
        keys += struct.pack("<II", 0, count)
        for index in range(1 << BITS):
            starts[index + 1] += starts[index]
        out = struct.pack("<4sIIIII", b"ONG2", len(self.places), len(hashed), count, len(pool), BITS)
        out += bytes(body) + struct.pack(f"<{len(starts)}I", *starts) + bytes(keys) + bytes(candidates) + bytes(pool)
        self.summary = f"{len(self.places)} places, {len(hashed)} keys, {count} candidates, {len(out)} bytes"
        return out

    def rank(self, number):
        return self.places[number][5]
