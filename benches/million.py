#!/usr/bin/env python3
"""Memory and time of `tasl audit` on collections that grow: small files, each with words of its own.

    python3 benches/million.py [--files N …] [--in DIRECTORY] [--tasl BINARY]

Generates as many files (by default 10,000, 100,000 and 1,000,000; 4 GB of disk for a million), and prints a table in
Markdown: each report, the cache cold, warm and after a `kill -9`, and a record of a catalogue for each file. Every file
has a title of its own, and there are more names of creators than an audit remembers. The reports with a cache have to
be the same to the byte as the one without. Linux only; Python 3 and nothing else.
"""

import argparse
import filecmp
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "fixtures"))
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from compare import run  # noqa: E402
from maker import jpeg as j, pdf as p, png as g, tiff as t  # noqa: E402
from maker.common import full  # noqa: E402

LICENSES = ["licenses/by/4.0/", "licenses/by-sa/3.0/de/", "publicdomain/zero/1.0/", "licenses/by-nc-nd/4.0/"]
PEOPLE = 60_000
FOLDER = 500


def words(n):
    return f"Plate {n}", f"Artist No. {n % PEOPLE}", LICENSES[n // FOLDER % 4], f"plate-{n}"


def make_jpeg(n):
    return j.jpeg(j.xmp(full(*words(n))))


def make_png(n):
    title, creator, license, _ = words(n)
    texts = [g.text("Title", title), g.text("Author", creator),
             g.text("Copyright", f"https://creativecommons.org/{license}")]
    return g.png(texts)


def make_tiff(n):
    title, creator, license, _ = words(n)
    return t.image([t.ascii(t.ARTIST, creator), t.ascii(t.COPYRIGHT, f"https://creativecommons.org/{license}")])


def make_pdf(n):
    title, creator, license, name = words(n)
    return p.pdf(p.document(p.info(Title=title, Author=creator), full(title, creator, license, name)))


MAKERS = [("jpg", make_jpeg)] * 5 + [("png", make_png)] * 2 + [("tif", make_tiff), ("pdf", make_pdf)]


def name(n):
    """Of ten files one is a bare JPEG with a sidecar."""
    kind = "jpg" if n % 10 == 9 else MAKERS[n % 10][0]
    return f"{n // FOLDER:05}/{n:07}.{kind}"


def make_tree(root, files):
    bare = j.jpeg()
    for n in range(files):
        path = root / name(n)
        if n % FOLDER == 0:
            path.parent.mkdir(parents=True)
        if n % 10 == 9:
            write(path, bare)
            write(path.with_suffix(".xmp"), full(*words(n)))
        else:
            write(path, MAKERS[n % 10][1](n))


def write(path, data):
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    os.write(file, data)
    os.close(file)


def make_records(path, files):
    with open(path, "w", encoding="utf-8") as out:
        print("path,title,creator,license", file=out)
        for n in range(files):
            title, creator, license, _ = words(n)
            print(f"{name(n)},{title},{creator},https://creativecommons.org/{license}", file=out)


def row(files, what, command):
    wall, cpu, _, peak = run(command)
    print(f"| {files:,} | {what} | {wall:.1f} | {cpu:.1f} | {files / wall:,.0f} | {peak / 1024:.1f} |", flush=True)


def measure(tasl, files, root):
    tree, cache = root / "tree", root / "cache"
    make_tree(tree, files)
    audit = [tasl, "audit", "--no-policy", str(tree)]
    for report in ("jsonl", "csv", "text", "json"):
        row(files, report, [*audit, "--format", report])
    plain, cold, warm = (root / f"{what}.jsonl" for what in ("plain", "cold", "warm"))
    kept = [*audit, "--cache", str(cache), "--output"]
    row(files, "jsonl to a file", [*audit, "--output", str(plain)])
    row(files, "jsonl, cache cold", [*kept, str(cold)])
    row(files, "jsonl, cache warm", [*kept, str(warm)])
    agree(plain, cold, warm)
    half = sum(f.stat().st_size for f in cache.iterdir()) // 2
    shutil.rmtree(cache)
    kill(kept, cold, cache, half)
    row(files, "jsonl, cache after a kill -9", [*kept, str(warm)])
    agree(plain, warm)
    records = root / "records.csv"
    make_records(records, files)
    row(files, f"jsonl, {files:,} records", [*audit, "--format", "jsonl", "--records", str(records)])
    shutil.rmtree(root)


def kill(kept, report, cache, enough):
    """Kills an audit when its journal has `enough` bytes."""
    report.unlink()
    whole = 0
    child = subprocess.Popen([*kept, str(report)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while child.poll() is None:
        whole = sum(f.stat().st_size for f in cache.glob("*.new")) if cache.is_dir() else 0
        if whole > enough:
            child.send_signal(signal.SIGKILL)
            child.wait()
        time.sleep(0.0002)
    if child.returncode != -signal.SIGKILL or report.exists():
        sys.exit("the audit ended before it was killed, or left half a report")
    print(f"killed with {whole >> 10} KiB in the journal", file=sys.stderr)


def agree(first, *others):
    for other in others:
        if not filecmp.cmp(first, other, shallow=False):
            sys.exit(f"{other} is not as {first}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--files", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    arguments.add_argument("--in", dest="directory", help="where to put the files")
    arguments.add_argument("--tasl", help="a release binary; otherwise one is built")
    options = arguments.parse_args()
    tasl = options.tasl
    if not tasl:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=HERE.parent, check=True)
        tasl = str(HERE.parent / "target" / "release" / "tasl")
    print("| files | audit | wall s | CPU s | files/s | peak MiB |\n|--:|---|--:|--:|--:|--:|")
    for files in options.files:
        with tempfile.TemporaryDirectory(dir=options.directory) as root:
            measure(tasl, files, Path(root) / "collection")


if __name__ == "__main__":
    main()
