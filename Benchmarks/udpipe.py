#!/usr/bin/env python3
"""Measures UDPipe 1 beside Onrecord: words a second on one core, and trees against gold.

    udpipe.py --corpora ../shared/corpora --score ../shared/score/ud.py --onrecord .build/release/onrecord

Needs `pip install ufal.udpipe` (1.4). UDPipe is trained on the documents that Onrecord's model is trained on (treebanks
EWT and GUM, those whose licence allows commercial use), unless --model names a model that an earlier run wrote. Both
then read the raw text of the dev parts: sentences, tokens, tags, lemmas, trees. Speed is taken on --text, JSON Lines.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile
import time

from ufal.udpipe import InputFormat, Model, ProcessingError, Sentence, Sentences, Trainer


def sentences(path):
    """The sentences of the documents that may be trained on."""
    found, allowed, lines = Sentences(), True, []
    reader = InputFormat.newConlluInputFormat()
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("# newdoc"):
            allowed = True
        elif line.startswith("# licence = "):
            allowed = "NC" not in line and "not stated" not in line
        if allowed:
            lines.append(line)
    reader.setText("".join(lines))
    error = ProcessingError()
    while True:
        sentence = Sentence()
        if not reader.nextSentence(sentence, error):
            break
        found.push_back(sentence)
    if error.occurred():
        raise SystemExit(error.message)
    return found


def train(corpora, iterations):
    gold = sentences(corpora / "ud/ewt-train.conllu")
    for sentence in sentences(corpora / "ud/gum-train.conllu"):
        gold.push_back(sentence)
    held_out = Sentences()
    error = ProcessingError()
    model = Trainer.train(
        "morphodita_parsito", gold, held_out, f"epochs={2 * iterations}",
        f"iterations={iterations}", f"iterations={iterations};embedding_upostag=20;embedding_feats=20;embedding_xpostag=0;"
        "embedding_form=50;embedding_lemma=0;embedding_deprel=20;learning_rate=0.01;learning_rate_final=0.001;"
        "l2=0.5;hidden_layer=200;batch_size=10;transition_system=projective;transition_oracle=dynamic;"
        "structured_interval=10", error)
    if error.occurred():
        raise SystemExit(error.message)
    return model


def analyse(model, text):
    """Rows of words as onrecord writes them, with heads counted in the document."""
    offsets = [0]                       # byte offset of each character
    for character in text:
        offsets.append(offsets[-1] + len(character.encode()))
    reader = model.newTokenizer("ranges")
    reader.setText(text)
    error = ProcessingError()
    tokens, spans = [], []
    while True:
        sentence = Sentence()
        if not reader.nextSentence(sentence, error):
            break
        model.tag(sentence, Model.DEFAULT)
        model.parse(sentence, Model.DEFAULT)
        start = len(tokens)
        for word in list(sentence.words)[1:]:
            begin, end = word.getTokenRangeStart(), word.getTokenRangeEnd()
            if begin > end or end == 2**64 - 1:
                begin = end = 0
            tokens.append({
                "span": [offsets[begin], offsets[end]], "tag": word.upostag, "lemma": word.lemma,
                "head": word.head - 1 + start if word.head > 0 else -1, "relation": word.deprel})
        if len(tokens) > start:
            spans.append([tokens[start]["span"][0], tokens[-1]["span"][1]])
    return tokens, spans


def score(arguments, name, output):
    lines = subprocess.run(
        ["python3", arguments.score, arguments.corpora / f"ud/{name}-dev.conllu", output], capture_output=True,
        text=True, check=True).stdout.splitlines()
    return {key: float(value) for key, value in (line.rsplit(" ", 1) for line in lines)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    parser.add_argument("--score", required=True)
    parser.add_argument("--onrecord", required=True)
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("udpipe.model"))
    parser.add_argument("--iterations", type=int, default=10, help="passes of UDPipe's tagger and parser over the treebanks")
    parser.add_argument("--text", type=pathlib.Path, help="JSON Lines to take the speed on (gva train)")
    parser.add_argument("--stories", type=int, default=150, help="how many stories of --text UDPipe reads")
    arguments = parser.parse_args()
    if not arguments.model.exists():
        start = time.time()
        arguments.model.write_bytes(train(arguments.corpora, arguments.iterations))
        print(f"UDPipe trained in {time.time() - start:.0f} s")
    model = Model.load(str(arguments.model))
    folder = pathlib.Path(tempfile.mkdtemp())

    for name in ("ewt", "gum"):
        raw = arguments.corpora / f"ud/{name}-dev.jsonl"
        ours, theirs = folder / "ours", folder / "theirs"
        with ours.open("wb") as out:
            subprocess.run([arguments.onrecord, "read", "--input", "jsonl", "--with-tokens", raw], stdout=out, check=True)
        with theirs.open("w", encoding="utf-8") as out:
            for line in raw.open(encoding="utf-8"):
                document = json.loads(line)
                tokens, spans = analyse(model, document["text"])
                print(json.dumps({"id": document["id"], "tokens": tokens, "sentences": spans}), file=out)
        trees = []
        for who, output in (("Onrecord", ours), ("UDPipe 1", theirs)):
            result = score(arguments, name, output)
            trees.append(result["las_f1"])
            print(f"{name} dev  {who:9}" + "  ".join(
                f"{key} {result[key + '_f1']:.4f}" for key in ("token", "sentence", "upos", "lemma", "las")))
        print(f"{name} dev  ratio of LAS {trees[0] / trees[1]:.2f}")

    text = arguments.text or arguments.corpora / "gva/train.jsonl"
    start = time.time()
    with (folder / "speed").open("wb") as out:
        subprocess.run(
            [arguments.onrecord, "read", "--input", "jsonl", "--with-tokens", "--threads", "1", text], stdout=out,
            check=True)
    ours_seconds = time.time() - start
    ours_words = sum(len(json.loads(line)["tokens"]) for line in (folder / "speed").open(encoding="utf-8"))
    stories = [json.loads(line)["text"] for line in text.open(encoding="utf-8")][:arguments.stories]
    start = time.time()
    theirs_words = sum(len(analyse(model, story)[0]) for story in stories)
    theirs_seconds = time.time() - start
    ours, theirs = ours_words / ours_seconds, theirs_words / theirs_seconds
    print(f"speed    Onrecord {ours:,.0f} words/s (everything it finds)  UDPipe 1 {theirs:,.0f} words/s  "
          f"ratio {ours / theirs:.1f}")


main()
