#!/usr/bin/env python3
"""Writes Data/clusters.tsv: words and the number of the cluster of words that they are used like.

    pip download --no-deps spacy-lookups-data==1.0.5
    build_clusters.py spacy_lookups_data-1.0.5-py2.py3-none-any.whl Data/clusters.tsv

The clusters are Brown clusters (Brown et al. 1992) as the package spacy-lookups-data (MIT) has them; the low bits of a
number are the top of the cluster's path. The likeliest words are kept, letter case folded.
"""
import gzip
import json
import sys
import zipfile

KEPT = 60_000
FOLDER = "spacy_lookups_data/data/"

with zipfile.ZipFile(sys.argv[1]) as package:
    clusters, likelihoods = (
        json.loads(gzip.decompress(package.read(f"{FOLDER}en_lexeme_{name}.json.gz"))) for name in ("cluster", "prob"))

best = {}
for word, cluster in clusters.items():
    if not cluster or any(letter.isspace() for letter in word) or len(word.encode()) > 40:
        continue
    key = word.lower().replace("\u2019", "'")
    rank = (word == key, likelihoods.get(word, -99))
    if key not in best or rank > best[key][0]:
        best[key] = (rank, cluster)
kept = sorted(best, key=lambda key: (-best[key][0][1], key))[:KEPT]
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write("# Words and the number of their Brown cluster, from spacy-lookups-data 1.0.5 (MIT).\n")
    out.write("# Made by Tools/build-clusters/build_clusters.py.\n")
    for key in sorted(kept):
        out.write(f"{key}\t{best[key][1]}\n")
