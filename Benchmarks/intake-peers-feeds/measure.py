"""Measures intake beside others: feeds beside feedparser, WARC files beside FastWARC, in one run and by processor time.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install feedparser==6.0.14 FastWARC==2.0.1 warcio==1.8.1
    swift build -c release --package-path Benchmarks --product intake-bench
    /tmp/peers/bin/python Benchmarks/intake-peers-feeds/measure.py --bench Benchmarks/.build/release/intake-bench \
        --pages ../shared/corpora/html/pages --folder /tmp/peers/files

Feeds are made up, 2,000 entries each, with summary and content. The WARC file is written by warcio: the pages, with their
requests, over and over up to --megabytes. FastWARC reads every record and parses HTTP headers; Onrecord opens the file,
undoes what HTTP did, and copies out each page. What is counted is unpacked page bytes.
"""

import argparse, glob, gzip, html, io, json, os, random, subprocess, time


def feeds(folder):
    """An RSS and an Atom feed."""
    rng = random.Random(5)
    words = (
        "the minister said on Tuesday that at least nine people were killed in an explosion at the harbour and rescuers "
        "searched for two missing workers while police closed roads near the port"
    ).split()

    def sentence(count):
        return " ".join(rng.choice(words) for _ in range(count)).capitalize() + "."

    entries = [
        (f"Headline {i} & more", f"http://example.org/{i}", "".join(f"<p>{sentence(45)}</p>" for _ in range(4)), sentence(30))
        for i in range(2000)
    ]
    rss = [
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title><link>http://example.org/</link>'
    ]
    atom = [
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>x</id>'
        "<updated>2019-05-04T10:00:00Z</updated>"
    ]
    for title, url, body, summary in entries:
        rss.append(
            f"<item><title>{html.escape(title)}</title><link>{url}</link><guid>{url}</guid><dc:creator>Ann Roe</dc:creator>"
            f"<category>News</category><pubDate>Sat, 04 May 2019 10:15:00 GMT</pubDate>"
            f"<description>{html.escape(summary)}</description><content:encoded><![CDATA[{body}]]></content:encoded></item>"
        )
        atom.append(
            f'<entry><title>{html.escape(title)}</title><link href="{url}"/><id>{url}</id><author><name>Ann Roe</name></author>'
            f"<published>2019-05-04T10:00:00Z</published><updated>2019-05-04T10:00:00Z</updated>"
            f'<summary>{html.escape(summary)}</summary><content type="html">{html.escape(body)}</content></entry>'
        )
    paths = []
    for name, text in [("rss.xml", "".join(rss) + "</channel></rss>"), ("atom.xml", "".join(atom) + "</feed>")]:
        paths.append(os.path.join(folder, name))
        with open(paths[-1], "w") as file:
            file.write(text)
    return paths


def warc(folder, pages, megabytes):
    """The pages as a WARC file of warcio's."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = os.path.join(folder, f"pages-{megabytes}.warc.gz")
    if os.path.exists(path):
        return path
    bodies = [gzip.open(p).read() for p in sorted(glob.glob(os.path.join(pages, "*.html.gz")))]
    with open(path + ".part", "wb") as out:
        writer = WARCWriter(out, gzip=True)
        total = count = 0
        while total < megabytes * 1e6:
            for body in bodies:
                url = f"http://example.org/{count}"
                request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.org")], is_http_request=True)
                response = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
                writer.write_record(writer.create_warc_record(url, "request", payload=io.BytesIO(b""), http_headers=request))
                writer.write_record(
                    writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=response)
                )
                total += len(body)
                count += 1
    os.rename(path + ".part", path)
    return path


def median(runs, work):
    """The median processor seconds of several runs after one to warm up, and what the last one gave."""
    result, times = work(), []
    for _ in range(runs):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return sorted(times)[len(times) // 2], result


def ours(bench, kind, path, runs):
    return json.loads(subprocess.run([bench, kind, path, "--runs", str(runs)], check=True, capture_output=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", required=True)
    parser.add_argument("--pages", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)

    import feedparser
    from fastwarc.warc import ArchiveIterator

    print("| what | Onrecord | peer | ratio |\n|---|---|---|---|")
    for path in feeds(options.folder):
        data = open(path, "rb").read()
        seconds, parsed = median(options.runs, lambda: feedparser.parse(data))
        mine = ours(options.bench, "feed", path, options.runs)
        assert mine["entries"] == len(parsed.entries)
        peer = len(parsed.entries) / seconds
        print(f"| entries/s, {os.path.basename(path)} | {mine['per_second']:,} | feedparser {peer:,.0f} | {mine['per_second'] / peer:.1f} |")

    path = warc(options.folder, options.pages, options.megabytes)

    def fast():
        total = 0
        with open(path, "rb") as file:
            for record in ArchiveIterator(file, parse_http=True):
                total += len(record.reader.read())
        return total

    seconds, total = median(options.runs, fast)
    mine = ours(options.bench, "warc", path, options.runs)
    peer = total / seconds / 1e6
    print(f"| MB/s, WARC | {mine['mb_per_second']} | FastWARC {peer:.0f} | {mine['mb_per_second'] / peer:.2f} |")


if __name__ == "__main__":
    main()
