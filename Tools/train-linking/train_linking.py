#!/usr/bin/env python3
"""Trains the trees that tell whether two stories are of one incident, and writes them.

    train_linking.py PAIRS --corpora ../shared/corpora --output Sources/LanguageData/linking.bin
    train_linking.py PAIRS --corpora ../shared/corpora --cross-validate
    train_linking.py PAIRS --corpora ../shared/corpora --worth

PAIRS is what `onrecord-train link-pairs` wrote (Documentation/Linking.md says how). Wants numpy and scikit-learn (PyPI). The
same pairs give the same trees.

Trees are boosted (Friedman 2001) with constraints: more in common never speaks against one incident. They are trained on the
corpora as they are and on what a real record has besides: dense days, briefs, and kindred incidents that are told in the
same words (twins.py). Settings and thresholds were chosen by cross-validation over the training parts, whole topics and
incidents apart, as they are and dense.
"""
import argparse
import collections
import heapq
import json
import struct
import zlib

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

# The order of `LinkFeatures.Name`; 1: more speaks for one incident, -1: against, 0: either.
FEATURES = dict(
    body=1, head=1, crossed=1, crossedLeast=1, rare=1, numbers=1, share=1, persons=1, personShare=1, personCount=0,
    wholeNames=1, involved=1, involvedAgree=1, speakers=1, places=1, placeShare=1, bodies=1, bodyShare=1, distance=-1,
    coarseness=0, sameStreet=1, samePlace=1, sameCountry=1, dayGap=-1, publishedGap=-1, lead=-1, sharedDays=1,
    sharedYearDays=1, weekdays=1, killedGap=-1, killedLeast=0, injuredGap=-1, injuredLeast=0, ages=1, ageShare=1, type=1,
    length=0, nearest=-1, farthest=-1, placeAgree=1)
SIGNALS = dict(
    text=("body", "share", "length", "rare"), title=("head", "crossed", "crossedLeast"), numbers=("numbers",),
    people=("persons", "personShare", "personCount", "wholeNames", "involved", "involvedAgree", "speakers"),
    ages=("ages", "ageShare"), bodies=("bodies", "bodyShare"),
    place=("distance", "coarseness", "sameStreet", "samePlace", "sameCountry", "places", "placeShare", "nearest",
           "farthest", "placeAgree"),
    date=("dayGap", "lead", "sharedDays", "sharedYearDays", "weekdays"), published=("publishedGap",),
    figures=("killedGap", "killedLeast", "injuredGap", "injuredLeast"), type=("type",))
# What a pair of each set counts. `ecb` is the smaller corpus: each of its pairs more, so that both have a say.
WEIGHTS = {
    "longtail-train": 1.0, "longtail-train.dense1": 0.4, "longtail-train.dense1.kindred": 0.2,
    "longtail-twins.briefs": 0.1, "longtail-twins.dense1.briefs": 0.1, "longtail-twins.twins": 0.6,
    "ecb-train": 4.0, "ecb-train.dense1": 1.0, "ecb-train.dense1.kindred": 0.5,
    "ecb-twins.briefs": 0.5, "ecb-twins.dense1.briefs": 0.5, "ecb-twins.twins": 0.6,
    "polnear-train": 1.0, "polnear-train.dense1": 1.0, "polnear-train.dense1.kindred": 1.0,
    "muc34-train": 1.0, "muc34-train.dense1": 1.0, "muc34-train.dense1.kindred": 1.0,
    "timex-train": 1.0, "timex-train.dense1": 1.0, "timex-train.dense1.kindred": 1.0,
    "polnear-twins.briefs": 0.5, "polnear-twins.dense1.briefs": 0.5, "muc34-twins.briefs": 0.5,
    "muc34-twins.dense1.briefs": 0.5, "timex-twins.briefs": 0.5, "timex-twins.dense1.briefs": 0.5}
# News without incidents by hand: two stories of these are held to be of two incidents where they were published so many
# days apart and name no victim in common; of other pairs nothing is known.
GENERAL = ("polnear", "muc34", "timex")
APART = 30
# Of the false pairs of large sets this share is kept, and counts so much more.
KEPT = 0.4
LARGE = 40_000
# What is held to be right in cross-validation.
CHECKED = ("longtail-train", "longtail-train.dense2", "ecb-train", "ecb-train.dense2")
ROUNDS, RATE, DEPTH = 200, 0.08, 4
# As in Linker.swift.
EDGE, JOIN, JOIN_LARGE = 0.02, 0.16, 0.65
MAGIC, VERSION = 0x4B4E494C, 1


class Part:
    """A set of pairs of one part of a corpus, as `onrecord-train link-pairs` wrote them, and which are true.

    `longtail-train` is the part as it is, `longtail-train.dense1` with all incidents moved into the same 14 days,
    `longtail-train.dense1.kindred` random pairs of kindred stories in it, `longtail-twins.twins` pairs of twins with the
    stories of the incidents that they are twins of, `longtail-twins.briefs` the pairs of the others.
    """

    def __init__(self, folder, name, corpora):
        self.name = name
        path, _, kind = name.rpartition(".")
        if kind not in ("briefs", "twins"):
            path, kind = name, ""
        base = path.split(".")[0]
        with open(f"{folder}/{base}.ids", encoding="utf-8") as lines:
            self.ids = lines.read().split("\n")[:-1]
        self.pairs = np.fromfile(f"{folder}/{path}.pairs", np.int32).reshape(-1, 2)
        self.features = np.fromfile(f"{folder}/{path}.features", np.float32).reshape(-1, len(FEATURES))
        corpus, part = base.split("-")
        gold, published, victims = {}, {}, {}
        with open(f"{corpora}/{corpus}/{'train' if part == 'twins' else part}.jsonl", encoding="utf-8") as lines:
            for story in map(json.loads, lines):
                cluster = story["id"] if corpus in GENERAL else story["cluster"]
                gold[story["id"]] = (cluster, str(story.get("topic", cluster)))
                if corpus in GENERAL:
                    published[story["id"]] = story.get("published")
                    victims[story["id"]] = {
                        name for template in story.get("templates", ()) for target in template["human_targets"]
                        if target["named"] for name in target["strings"]}
        origins = [i.partition("-twin1")[0] for i in self.ids]
        twins = np.array(["-twin1" in i for i in self.ids])
        families = np.array([gold[i][0] for i in origins])
        self.clusters = np.where(twins, np.array(self.ids), families)
        self.topics = [gold[i][1] for i in origins]
        if kind:
            any_twin = twins[self.pairs].any(axis=1)
            kin = families[self.pairs[:, 0]] == families[self.pairs[:, 1]]
            self.keep(any_twin & kin if kind == "twins" else ~any_twin)
        if corpus in GENERAL:
            days = np.array([published[i] or "NaT" for i in self.ids], "datetime64[D]")
            gap = np.abs(days[self.pairs[:, 0]] - days[self.pairs[:, 1]])
            strangers = np.array([not victims[self.ids[a]] & victims[self.ids[b]] for a, b in self.pairs], bool)
            self.keep((gap >= np.timedelta64(APART, "D")) & strangers)
        self.true = self.clusters[self.pairs[:, 0]] == self.clusters[self.pairs[:, 1]]
        self.weights = np.full(len(self.pairs), WEIGHTS.get(name, 1.0))

    def keep(self, mask):
        self.pairs, self.features = self.pairs[mask], self.features[mask]

    def thin(self):
        """Fewer false pairs, that count so much more: for training alone."""
        if len(self.pairs) > LARGE:
            mask = self.true | (np.random.default_rng(0).random(len(self.pairs)) < KEPT)
            self.weights = np.where(self.true, self.weights, self.weights / KEPT)[mask]
            self.true = self.true[mask]
            self.keep(mask)
        return self

    def folds(self, count, seed):
        return np.array([zlib.crc32((seed + t).encode()) % count for t in self.topics])

    def recall(self):
        sizes = collections.Counter(self.clusters.tolist()).values()
        return self.true.sum() / sum(n * (n - 1) // 2 for n in sizes)


def fit(parts, names):
    """A classifier over the pairs of `parts`, each a part and which of its pairs, by the features of those names."""
    columns = [i for i, n in enumerate(FEATURES) if n in names]
    features = np.concatenate([p.features[m][:, columns] for p, m in parts])
    true = np.concatenate([p.true[m] for p, m in parts])
    weights = np.concatenate([p.weights[m] for p, m in parts])
    model = HistGradientBoostingClassifier(
        max_iter=ROUNDS, learning_rate=RATE, max_depth=DEPTH, max_leaf_nodes=2 ** DEPTH, l2_regularization=5,
        min_samples_leaf=20, early_stopping=False, random_state=0,
        monotonic_cst=[list(FEATURES.values())[i] for i in columns])
    model.fit(features, true, sample_weight=weights / weights.mean())
    return model, columns


def groups(count, pairs, scores, join=JOIN, large=JOIN_LARGE):
    """What `Linker.groups` does."""
    parents, sizes, sums = list(range(count)), [1] * count, [{} for _ in range(count)]
    for (a, b), score in zip(pairs.tolist(), scores.tolist()):
        if score >= EDGE:
            sums[a][b] = sums[b][a] = score

    def root(item):
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    heap = []

    def enough(score, a, b):
        return score >= large - (large - join) / min(sizes[a], sizes[b])

    def note(a, b):
        score = sums[a].get(b, 0) / (sizes[a] * sizes[b])
        if enough(score, a, b):
            heapq.heappush(heap, (-score, min(a, b), max(a, b)))

    for a in range(count):
        for b in sums[a]:
            if a < b:
                note(a, b)
    while heap:
        score, first, second = heapq.heappop(heap)
        a, b = sorted((root(first), root(second)))
        if a == b:
            continue
        if (a, b) != (first, second) or sums[a].get(b, 0) / (sizes[a] * sizes[b]) != -score:
            note(a, b)
            continue
        if not enough(-score, a, b):
            continue
        parents[b] = a
        sizes[a] += sizes[b]
        for other, value in sums[b].items():
            if other != a:
                sums[a][other] = sums[a].get(other, 0) + value
        sums[b] = {}
        sums[a].pop(b)
        for other, value in sums[a].items():
            sums[other].pop(b, None)
            sums[other][a] = value
    return [root(item) for item in range(count)]


def headline(true, found):
    """The mean of B-cubed and pairwise F1, as score/link.py has it."""
    true, found = list(true), list(found)
    both = collections.Counter(zip(true, found))
    wanted, claimed = collections.Counter(true), collections.Counter(found)

    def f1(precision, recall):
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def pairs(counts):
        return sum(n * (n - 1) // 2 for n in counts)

    cubed = f1(sum(n * n / claimed[f] for (_, f), n in both.items()) / len(true),
               sum(n * n / wanted[t] for (t, _), n in both.items()) / len(true))
    right = pairs(both.values())
    paired = f1(right / max(1, pairs(claimed.values())), right / max(1, pairs(wanted.values())))
    return (cubed + paired) / 2


def score_part(part, scores, join=JOIN, large=JOIN_LARGE):
    return headline(part.clusters, groups(len(part.ids), part.pairs, scores, join, large))


def cross_validate(parts, checked, names, seeds=("",), count=4):
    """Scores of held-out folds, by thresholds: {(join, large): {part: headline}}."""
    results = collections.defaultdict(lambda: collections.defaultdict(list))
    for seed in seeds:
        folds = {id(p): p.folds(count, seed) for p in parts + checked}
        for fold in range(count):
            inside = {id(p): folds[id(p)][p.pairs] == fold for p in parts + checked}
            model, columns = fit([(p, ~inside[id(p)].any(axis=1)) for p in parts], names)
            for part in checked:
                mask = inside[id(part)].all(axis=1)
                members = np.where(folds[id(part)] == fold)[0]
                place = np.full(len(part.ids), -1)
                place[members] = np.arange(len(members))
                scores = model.predict_proba(part.features[mask][:, columns])[:, 1]
                for join in (0.08, 0.12, 0.16, 0.2, 0.25):
                    for large in (0.55, 0.65, 0.75):
                        found = groups(len(members), place[part.pairs[mask]], scores, join, large)
                        results[join, large][part.name].append(headline(part.clusters[members], found))
    return {t: {p: float(np.mean(v)) for p, v in r.items()} for t, r in results.items()}


def write(model, path):
    """The trees as `LinkModel` reads them: nodes in the order of a walk, the left side at once behind its question."""
    roots, nodes = [], []
    for (predictor,) in model._predictors:
        tree = predictor.nodes
        start = len(nodes)
        roots.append(start)

        def walk(index):
            node = tree[index]
            if node["is_leaf"]:
                nodes.append((255, 0.0, float(node["value"])))
                return
            # Down to a 32-bit number, never up: a value between must go the same way.
            threshold = np.float32(node["num_threshold"])
            if float(threshold) > node["num_threshold"]:
                threshold = np.nextafter(threshold, np.float32(-np.inf))
            at = len(nodes)
            nodes.append(None)
            walk(node["left"])
            right = len(nodes) - start
            walk(node["right"])
            head = int(node["feature_idx"]) | int(node["missing_go_to_left"]) << 8 | right << 16
            nodes[at] = (head, float(threshold), float(node["value"]) * RATE)

        walk(0)
    # Leaves are full values, so the sum begins with the baseline alone.
    start = float(np.ravel(model._baseline_prediction)[0])
    data = struct.pack("<5If", MAGIC, VERSION, len(nodes), len(FEATURES), len(roots), start)
    data += struct.pack(f"<{len(roots)}i", *roots)
    for head, threshold, value in nodes:
        data += struct.pack("<Iff", head, threshold, value)
    with open(path, "wb") as file:
        file.write(data)
    return len(data), len(nodes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs")
    parser.add_argument("--corpora", default="../shared/corpora")
    parser.add_argument("--output")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--worth", action="store_true", help="drop one signal at a time, and each alone")
    options = parser.parse_args()
    checked = [Part(options.pairs, n, options.corpora) for n in CHECKED]
    dev = [Part(options.pairs, n, options.corpora)
           for n in ("longtail-dev", "longtail-dev.dense1", "longtail-dev.dense2", "ecb-dev")]
    for part in checked + dev:
        print(f"{part.name}: {len(part.ids)} stories, {2 * len(part.pairs) / len(part.ids):.1f} candidates a story,"
              f" {part.recall():.4f} of the true pairs among them", flush=True)
    train = [Part(options.pairs, n, options.corpora).thin() for n in WEIGHTS]
    names = set(FEATURES)
    everything = [(p, np.ones(len(p.pairs), bool)) for p in train]

    def show(title, names):
        model, columns = fit(everything, names)
        figures = [score_part(p, model.predict_proba(p.features[:, columns])[:, 1]) for p in dev]
        print(title, " ".join(f"{f:.4f}" for f in figures), flush=True)
        return model

    if options.cross_validate:
        for thresholds, figures in cross_validate(train, checked, names).items():
            print(thresholds, " ".join(f"{n} {f:.4f}" for n, f in figures.items()), flush=True)
    if options.worth:
        show("all", names)
        for signal, members in SIGNALS.items():
            show("without " + signal, names - set(members))
        for signal, members in SIGNALS.items():
            show("alone " + signal, set(members))
    if options.output:
        print(write(show("dev", names), options.output))


if __name__ == "__main__":
    main()
