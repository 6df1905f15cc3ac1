#!/usr/bin/env python3
"""Writes Data/lists/cue-frame.txt: which verbs and adjectives tie a source to what it says or thinks, and by what frame.

    onrecord read --with-tokens --input jsonl ../shared/corpora/polnear/train.jsonl > OUT
    build_cue_frames.py ../shared/corpora/polnear/train.jsonl OUT Data/lists/cue-frame.txt

A frame is what of the tree holds the content: a clause, an infinitive, an object, what a preposition leads to. A lemma's frame is
listed where it was seen four times or more outside others' words, and was a cue in half of these or more (with a
preposition, in three of five).
"""
import collections
import json
import sys

gold_path, system_path, output = sys.argv[1:4]
FRAMES = ["clause", "infinitive", "object", "for", "about", "on", "to", "against", "of", "with", "as", "in", "at", "over"]
SEEN, SHARE, PREPOSITION_SHARE = 4, 0.5, 0.6


def inside(span, stretches):
    return any(start <= span[0] and span[1] <= end for start, end in stretches)


def frame(word, children, tokens):
    """The frame of a verb or adjective."""
    of = {}
    for child in children[word]:
        of.setdefault(tokens[child]["relation"], child)
    if "ccomp" in of:
        return "clause"
    if "xcomp" in of:
        return "infinitive"
    if "nsubj:pass" in of or "aux:pass" in of:
        return "object" if "obl:agent" in of else None
    if "obj" in of:
        return "object"
    for child in children[word]:
        relation = tokens[child]["relation"]
        if child > word and relation in ("obl", "advcl"):
            for part in children[child]:
                if tokens[part]["relation"] in ("case", "mark") and tokens[part]["lemma"] in FRAMES:
                    return tokens[part]["lemma"]
    return None


stories = {}
for line in open(gold_path, encoding="utf-8"):
    story = json.loads(line)
    stories[story["id"]] = story
counts = collections.defaultdict(lambda: [0, 0])
for line in open(system_path, encoding="utf-8"):
    reading = json.loads(line)
    gold, tokens = stories[reading["id"]], reading["tokens"]
    children = collections.defaultdict(list)
    for index, token in enumerate(tokens):
        if token["head"] >= 0:
            children[token["head"]].append(index)
    cues = [span for attribution in gold["attributions"] for span in attribution["cue"]]
    contents = [span for attribution in gold["attributions"] for span in attribution["content"]]
    for index, token in enumerate(tokens):
        if token["tag"] not in ("VERB", "ADJ") or inside(token["span"], contents):
            continue
        found = frame(index, children, tokens)
        if found and token["lemma"].isalpha():
            count = counts[token["tag"], token["lemma"].lower(), found]
            count[0] += 1
            count[1] += inside(token["span"], cues)

bits = collections.defaultdict(lambda: collections.Counter())
for (tag, lemma, found), (seen, cue) in counts.items():
    if seen >= SEEN and cue >= (SHARE if found in FRAMES[:3] else PREPOSITION_SHARE) * seen:
        bits[tag][lemma] |= 1 << FRAMES.index(found)
with open(output, "w", encoding="utf-8") as out:
    out.write("# Verbs and adjectives that tie a source to what it says or thinks, by what of the tree holds the content.\n")
    out.write("# The number: the sum of 1 for a clause, 2 an infinitive, 4 an object, and for what a preposition leads to 8 (for),\n")
    out.write("# 16 about, 32 on, 64 to, 128 against, 256 of, 512 with, 1024 as, 2048 in, 4096 at, 8192 over; 65536 for an adjective.\n")
    out.write("# Counted on the training part of PolNeAR 1.0.0 by Tools/build-cue-frames/build_cue_frames.py.\n")
    out.write("#: verb\n")
    for lemma in sorted(bits["VERB"]):
        out.write(f"{lemma}\t{bits['VERB'][lemma]}\n")
    out.write("#: none\n")
    for lemma in sorted(bits["ADJ"]):
        if lemma not in bits["VERB"]:
            out.write(f"{lemma}\t{bits['ADJ'][lemma] + 65536}\n")
