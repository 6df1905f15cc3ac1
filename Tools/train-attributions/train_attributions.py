#!/usr/bin/env python3
"""Trains the attribution network and writes its weights.

    onrecord-train attribution-examples --output TRAIN ../shared/corpora/polnear/train.jsonl
    onrecord-train attribution-examples --output DEV ../shared/corpora/polnear/dev.jsonl
    train_attributions.py TRAIN --dev DEV --output Sources/LanguageData/attributions.bin --card Documentation/AttributionModel.md

where TRAIN is made with `--capitals 10 --hearsay 4` (Documentation/AttributionModel.md). Wants jax, optax and numpy (PyPI). The same seed on the same kind of processor gives the same weights.

A token enters as its vector in the language network and the rows of its features. Simple recurrent layers in both
directions (Lei et al. 2018, the ones of Sources/Kernels) put it in its passage. A linear head tells cues; for each cue, every
token near it is labelled as part of its source, its content or neither, by a hidden layer over the token, the cue and what lies
between them, and a chain over neighbouring labels (Lafferty et al. 2001).
"""
import argparse
import struct
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

CONTEXT = 384
TOKEN_SIZES = [8192, 4096, 64, 64, 32, 32, 256]
PAIR_SIZES = [32, 224, 32, 16]
WIDTH = 128
HIDDEN = 96
LAYERS = 2
CUE_LABELS, ROLE_LABELS = 3, 5
LENGTHS = (16, 32, 64, 96, 128, 192, 256, 512)
BATCH = 3072


class Examples:
    """What `onrecord-train attribution-examples` wrote."""

    def __init__(self, folder):
        def load(name, kind):
            return np.fromfile(f"{folder}/{name}", dtype=kind)
        self.vectors = load("vectors.u8", np.uint8).reshape(-1, CONTEXT)
        self.scales = load("scales.f32", np.float32)
        self.rows = load("rows.u16", np.uint16).reshape(-1, len(TOKEN_SIZES))
        self.cue_labels = load("cue-labels.u8", np.uint8)
        self.passages = load("passages.i32", np.int32).reshape(-1, 2)
        self.cues = load("cues.i32", np.int32).reshape(-1, 6)
        self.pair_rows = load("pair-rows.u16", np.uint16).reshape(-1, len(PAIR_SIZES))
        self.role_labels = load("role-labels.u8", np.uint8)
        lengths = self.cues[:, 5] - self.cues[:, 4]
        self.pair_starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        self.cues_of = [[] for _ in range(len(self.passages))]
        for number, passage in enumerate(self.cues[:, 0]):
            self.cues_of[passage].append(number)


def offsets(sizes):
    return np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)


def batches(examples, random=None):
    """Passages of about one length side by side, padded, with the cues of each."""
    buckets = {length: [] for length in LENGTHS}
    for number, (_, count) in enumerate(examples.passages):
        buckets[next(length for length in LENGTHS if count <= length)].append(number)
    out = []
    for length, members in buckets.items():
        if random is not None:
            members = list(random.permutation(members))
        size = max(1, BATCH // length)
        most = BATCH // 16
        group, cues = [], 0
        for member in members:
            here = len(examples.cues_of[member])
            if group and (len(group) == size or cues + here > most):
                out.append((length, size, most, group))
                group, cues = [], 0
            group.append(member)
            cues += here
        if group:
            out.append((length, size, most, group))
    if random is not None:
        random.shuffle(out)
    return out


def assemble(examples, length, size, most, group):
    vectors = np.zeros((size, length, CONTEXT), np.float32)
    rows = np.zeros((size, length, len(TOKEN_SIZES)), np.int32)
    mask = np.zeros((size, length), np.float32)
    cue_labels = np.zeros((size, length), np.int32)
    places = np.zeros((most, 4), np.int32)  # passage, first, last, head
    pairs = np.zeros((most, length, len(PAIR_SIZES)), np.int32)
    pair_mask = np.zeros((most, length), np.float32)
    roles = np.zeros((most, length), np.int32)
    numbers = np.full(most, -1)
    at = 0
    for row, passage in enumerate(group):
        first, count = examples.passages[passage]
        stretch = slice(first, first + count)
        vectors[row, :count] = (examples.vectors[stretch].astype(np.float32) - 128) * examples.scales[stretch, None]
        rows[row, :count] = examples.rows[stretch]
        mask[row, :count] = 1
        cue_labels[row, :count] = examples.cue_labels[stretch]
        for cue in examples.cues_of[passage]:
            if at == most:
                break
            _, begin, last, head, window, end = examples.cues[cue]
            places[at] = row, begin, last, head
            stretch = slice(examples.pair_starts[cue], examples.pair_starts[cue + 1])
            pairs[at, window:end] = examples.pair_rows[stretch]
            roles[at, window:end] = examples.role_labels[stretch]
            pair_mask[at, window:end] = 1
            numbers[at] = cue
            at += 1
    return dict(vectors=vectors, rows=rows + offsets(TOKEN_SIZES), mask=mask, cue_labels=cue_labels, places=places,
                pairs=pairs + offsets(PAIR_SIZES), pair_mask=pair_mask, roles=roles), numbers


def initial(key):
    keys = iter(jax.random.split(key, 32))

    def matrix(rows, columns, gain=1.0):
        return jax.random.normal(next(keys), (rows, columns)) * gain * np.sqrt(2 / (rows + columns))
    weights = {
        "tokens": jax.random.normal(next(keys), (sum(TOKEN_SIZES), WIDTH)) * 0.02,
        "entry": matrix(CONTEXT, WIDTH), "entryBias": jnp.zeros(WIDTH),
        "cue": matrix(3 * WIDTH, CUE_LABELS), "cueBias": jnp.zeros(CUE_LABELS),
        "token": matrix(2 * WIDTH, HIDDEN), "head": matrix(2 * WIDTH, HIDDEN), "last": matrix(2 * WIDTH, HIDDEN),
        "pairBias": jnp.zeros(HIDDEN),
        "pairs": jax.random.normal(next(keys), (sum(PAIR_SIZES), HIDDEN)) * 0.05,
        "role": matrix(HIDDEN, ROLE_LABELS), "roleBias": jnp.zeros(ROLE_LABELS),
        "transition": jnp.zeros((ROLE_LABELS, ROLE_LABELS)),
    }
    for layer in range(LAYERS):
        weights[f"gates{layer}"] = matrix(WIDTH if layer == 0 else 2 * WIDTH, 6 * WIDTH)
        weights[f"gatesBias{layer}"] = jnp.zeros(6 * WIDTH)
    return weights


def recur(forget, candidate, mask, reverse):
    """c[t] = f·c[t-1] + (1-f)·candidate along axis 1."""
    decay = jnp.where(mask[..., None] > 0, forget, 1.0)
    value = jnp.where(mask[..., None] > 0, (1 - forget) * candidate, 0.0)

    def join(a, b):
        return a[0] * b[0], b[0] * a[1] + b[1]
    return jax.lax.associative_scan(join, (decay, value), reverse=reverse, axis=1)[1]


def layer(x, gates, mask):
    out = []
    for direction in (0, 1):
        z = gates[..., direction * 3 * WIDTH:(direction + 1) * 3 * WIDTH]
        candidate, forget, reset = jnp.split(z, 3, axis=-1)
        forget, reset = jax.nn.sigmoid(forget), jax.nn.sigmoid(reset)
        cell = recur(forget, candidate, mask, direction == 1)
        own = x if x.shape[-1] == WIDTH else x[..., direction * WIDTH:(direction + 1) * WIDTH]
        out.append(reset * jnp.tanh(cell) + (1 - reset) * own)
    return jnp.concatenate(out, -1) * mask[..., None]


def drop(x, key, rate, shape=None):
    if key is None or rate == 0:
        return x
    keep = jax.random.bernoulli(key, 1 - rate, shape or x.shape)
    return jnp.where(keep, x / (1 - rate), 0)


def run(weights, batch, key=None, rate=0.3, hidden=0.25):
    keys = [None] * 8 if key is None else jax.random.split(key, 8)
    vectors, mask = batch["vectors"], batch["mask"]
    vectors = drop(vectors, keys[0], 0.2, (vectors.shape[0], 1, CONTEXT))
    embedded = weights["tokens"][batch["rows"]]
    if key is not None:
        # A word is sometimes not known by its letters.
        known = jax.random.bernoulli(keys[1], 1 - hidden, embedded.shape[:2] + (2, 1))
        embedded = jnp.concatenate([embedded[:, :, :2] * known, embedded[:, :, 2:]], 2)
    x = jax.nn.relu(vectors @ weights["entry"] + weights["entryBias"] + embedded.sum(2))
    x = drop(x, keys[2], rate, (x.shape[0], 1, WIDTH)) * mask[..., None]
    alone = x
    for number in range(LAYERS):
        x = layer(x, x @ weights[f"gates{number}"] + weights[f"gatesBias{number}"], mask)
        x = drop(x, keys[3 + number], rate, (x.shape[0], 1, 2 * WIDTH))
    cue = jnp.concatenate([x, alone], -1) @ weights["cue"] + weights["cueBias"]
    rows, first, last, head = batch["places"].T
    hidden = (x @ weights["token"])[rows]
    hidden = hidden + (x[rows, head] @ weights["head"] + x[rows, last] @ weights["last"])[:, None]
    hidden = jax.nn.relu(hidden + weights["pairs"][batch["pairs"]].sum(2) + weights["pairBias"])
    hidden = drop(hidden, keys[6], rate * 0.7)
    roles = hidden @ weights["role"] + weights["roleBias"]
    return cue, roles


def chain_loss(scores, labels, mask, transition):
    """Negative log likelihood of label rows; masked steps pass through. They may stand before and behind the window."""
    own = jnp.take_along_axis(scores, labels[..., None], 2)[..., 0]
    both = mask[:, 1:] * mask[:, :-1]
    gold = (own * mask).sum(1) + (transition[labels[:, :-1], labels[:, 1:]] * both).sum(1)

    def step(alpha, at):
        score, here, linked = at
        joined = jax.nn.logsumexp(alpha[:, :, None] + transition[None] * linked[:, None, None], 1) + score
        started = jnp.where(linked[:, None] > 0, joined, score)
        return jnp.where(here[:, None] > 0, started, alpha), None
    alpha = scores[:, 0] * mask[:, :1]
    alpha, _ = jax.lax.scan(step, alpha, (scores[:, 1:].swapaxes(0, 1), mask[:, 1:].T, both.T))
    whole = jax.nn.logsumexp(alpha, 1)
    present = mask.max(1)
    return ((whole - gold) * present).sum()


def loss_of(weights, batch, key):
    cue, roles = run(weights, batch, key)
    cues = optax.softmax_cross_entropy_with_integer_labels(cue, batch["cue_labels"]) * batch["mask"]
    chain = chain_loss(roles, batch["roles"], batch["pair_mask"], weights["transition"])
    return (cues.sum() * 2 + chain * 0.25) / BATCH * 8


def viterbi(scores, transition, allowed, start):
    """The best row of labels."""
    back = []
    value = scores[0] + start
    for score in scores[1:]:
        all_ = value[:, None] + transition + allowed
        back.append(all_.argmax(0))
        value = all_.max(0) + score
    label = int(value.argmax())
    row = [label]
    for step in reversed(back):
        label = int(step[label])
        row.append(label)
    return row[::-1]


ALLOWED = np.zeros((ROLE_LABELS, ROLE_LABELS), np.float32)
for _to, _from in ((2, (1, 2)), (4, (3, 4))):
    for _other in range(ROLE_LABELS):
        if _other not in _from:
            ALLOWED[_other, _to] = -1e9
START = np.array([0, 0, -1e9, 0, -1e9], np.float32)


def spans(labels, begin, inside):
    out, open_ = [], None
    for at, label in enumerate(list(labels) + [0]):
        if open_ is not None and label != inside:
            out.append((open_, at))
            open_ = None
        if label == begin or label == inside and open_ is None:
            open_ = at
    return out


def evaluate(weights, examples, step):
    """Token and span figures on gold cues; the cue figures are those of exact spans."""
    cue_hits = np.zeros(3)
    roles_hits = {1: np.zeros(3), 3: np.zeros(3)}
    whole = 0
    transition = np.asarray(weights["transition"])
    for length, size, most, group in batches(examples):
        batch, numbers = assemble(examples, length, size, most, group)
        cue, roles = map(np.asarray, step(weights, batch))
        for row, passage in enumerate(group):
            count = examples.passages[passage][1]
            found = set(spans(cue[row, :count].argmax(-1), 1, 2))
            gold = set(spans(batch["cue_labels"][row, :count], 1, 2))
            cue_hits += len(found & gold), len(gold), len(found)
        for at, number in enumerate(numbers):
            if number < 0:
                continue
            window = slice(*examples.cues[number][4:6])
            labels = viterbi(roles[at, window], transition, ALLOWED, START)
            gold = batch["roles"][at, window]
            right = True
            for begin in (1, 3):
                ours, theirs = set(spans(labels, begin, begin + 1)), set(spans(gold, begin, begin + 1))
                roles_hits[begin] += len(ours & theirs), len(theirs), len(ours)
                a = {t for s, e in ours for t in range(s, e)}
                b = {t for s, e in theirs for t in range(s, e)}
                if begin == 1:
                    right = right and (not b or bool(a & b))
                else:
                    right = right and len(a & b) >= 0.5 * len(a | b)
            whole += right

    def figure(hits):
        return 2 * hits[0] / (hits[1] + hits[2]) if hits[1] + hits[2] else 0
    return (f"cue {figure(cue_hits):.4f} (p {cue_hits[0] / max(1, cue_hits[2]):.3f} r {cue_hits[0] / cue_hits[1]:.3f}) "
            f"source {figure(roles_hits[1]):.4f} content {figure(roles_hits[3]):.4f} whole {whole / len(examples.cues):.4f}")


def checksum(body):
    """FNV-1a over words of eight bytes, the rest byte by byte, as `ModelBytes` has it."""
    value = 14695981039346656037
    words = len(body) // 8
    for word in np.frombuffer(body[:8 * words], dtype="<u8").tolist():
        value = (value ^ word) * 1099511628211 & 0xFFFFFFFFFFFFFFFF
    for byte in body[8 * words:]:
        value = (value ^ byte) * 1099511628211 & 0xFFFFFFFFFFFFFFFF
    return value


def encoded(weights):
    """The model file that `AttributionModel` reads."""
    w = {name: np.asarray(value, np.float32) for name, value in weights.items()}

    def table(values):
        scales = np.maximum(np.abs(values).max(1), 1e-6) / 127
        return scales.astype("<f4").tobytes() + np.round(values / scales[:, None]).astype(np.int8).tobytes()

    def padded(values, columns=16):
        return np.pad(values, ((0, 0), (0, columns - values.shape[1])))
    body = table(w["tokens"]) + table(w["pairs"])
    blocks = [w["entry"], w["entryBias"], w["gates0"], w["gatesBias0"], w["gates1"], w["gatesBias1"],
              padded(w["cue"][:2 * WIDTH]), padded(w["cue"][2 * WIDTH:]), padded(w["cueBias"][None]), w["token"], w["head"],
              w["last"], w["pairBias"], padded(w["role"]), padded(w["roleBias"][None]), w["transition"]]
    body += b"".join(block.astype("<f4").tobytes() for block in blocks)
    return b"ONRA" + struct.pack("<IQ", 1, checksum(body)) + body


CARD = """# Model card: the attribution network

Written by `Tools/train-attributions/train_attributions.py`; do not edit.

- **What it does**: tells the cues of attributions in English news, and of each the source and the content. See
  [Attributions](Attributions.md).
- **File**: `Sources/LanguageData/attributions.bin`, {size:,} bytes, part of the program. Words are known to it by hashes: it holds none.
- **Made with**, on a machine that has the corpus, and jax {jax} and optax {optax} from PyPI:

  ```sh
  swift build -c release --product onrecord-train
  .build/release/onrecord-train attribution-examples --capitals 10 --hearsay 4 --output /tmp/train ../shared/corpora/polnear/train.jsonl
  .build/release/onrecord-train attribution-examples --output /tmp/dev ../shared/corpora/polnear/dev.jsonl
  Tools/train-attributions/train_attributions.py /tmp/train --dev /tmp/dev --output Sources/LanguageData/attributions.bin \\
      --card Documentation/AttributionModel.md --epochs {epochs} --seed {seed}
  ```

- **Trained on**: PolNeAR 1.0.0 (Newell, Margolin, Ruths, *An Attribution Relations Corpus for Political News*, LREC 2018), training
  part: 840 stories, 19,832 attributions. Every tenth story is read in capitals, too, and every fourth with hearsay and relays put
  in: {passages:,} passages, {tokens:,} tokens, {cues:,} attributions in all.
- **Licence of the corpus**: its data state none; its software states MIT. Neither its texts nor its annotation are in this project.
- **Sees besides**: the vectors of the [language network](ModelCard.md), the word lists of `Data/lists`. Where that network changes,
  this one is to be trained anew.

## Scores on the dev part (84 stories), tokens as read

With gold cues for sources and contents; spans count where both ends agree.

{scores}

From raw text, by the scorer of the corpus: see [Attributions](Attributions.md).

## Limits

- English alone; trained on political news of the United States, 2015 and 2016. Wire reports of war and accident are read about as well,
  legal and scientific prose was not looked at.
- What is thought, wanted or seen is found less often than what is said, and annotators agree less on it, too.
- Inside others' words it has learned from made-up hearsay alone.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train")
    parser.add_argument("--dev")
    parser.add_argument("--output", required=True)
    parser.add_argument("--card", help="where to write the model card")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    train = Examples(options.train)
    dev = Examples(options.dev) if options.dev else None
    weights = initial(jax.random.PRNGKey(options.seed))
    random = np.random.default_rng(options.seed)
    total = len(batches(train)) * options.epochs
    schedule = optax.warmup_cosine_decay_schedule(0, options.rate, total // 20, total, options.rate * 0.02)
    optimizer = optax.chain(optax.clip_by_global_norm(5.0), optax.adamw(schedule, b2=0.99, weight_decay=0.01))
    state = optimizer.init(weights)

    @jax.jit
    def update(weights, average, state, batch, key, decay):
        loss, gradient = jax.value_and_grad(loss_of)(weights, batch, key)
        updates, state = optimizer.update(gradient, state, weights)
        weights = optax.apply_updates(weights, updates)
        average = jax.tree.map(lambda a, w: decay * a + (1 - decay) * w, average, weights)
        return weights, average, state, loss
    step = jax.jit(run)
    average = weights
    key = jax.random.PRNGKey(options.seed + 1)
    begun = time.time()
    steps = 0
    scores = ""
    for epoch in range(options.epochs):
        losses = []
        for length, size, most, group in batches(train, random):
            batch, _ = assemble(train, length, size, most, group)
            key, own = jax.random.split(key)
            weights, average, state, loss = update(weights, average, state, batch, own, min(0.999, 1 - 1 / (steps / 4 + 1)))
            losses.append(loss)
            steps += 1
        line = f"epoch {epoch + 1}: loss {float(np.mean([float(x) for x in losses])):.4f}, {time.time() - begun:.0f} s"
        if dev is not None:
            scores = evaluate(average, dev, step)
            line += "; " + scores
        print(line, flush=True)
    body = encoded(average)
    with open(options.output, "wb") as file:
        file.write(body)
    if options.card:
        with open(options.card, "w", encoding="utf-8") as file:
            file.write(CARD.format(
                size=len(body), jax=jax.__version__, optax=optax.__version__, epochs=options.epochs, seed=options.seed,
                passages=len(train.passages), tokens=len(train.cue_labels), cues=len(train.cues),
                scores=scores or "Not measured."))


if __name__ == "__main__":
    main()
