#!/usr/bin/env python3
"""Throughput and memory: `tasl audit` beside ExifTool and a bare walk.

    python3 benches/compare.py [--files N] [--memory N N] [--corpus] [--in DIRECTORY]

Builds the release binaries, generates a tree of each kind, runs each program
over it with warm caches, and prints tables in Markdown: files per second, CPU
time, bytes read per file, and the ratios. Linux only: bytes are those that
/proc/PID/io counts, less what the same program reads over an empty tree.

It needs Python 3, and for their rows ExifTool, exiv2 and pdfinfo (Debian:
libimage-exiftool-perl, exiv2, poppler-utils).
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "fixtures"))
sys.dont_write_bytecode = True

from hostile.images import directory, tiff  # noqa: E402
from maker import jpeg as j, pdf as p, png as g, tiff as t  # noqa: E402
from maker.common import ADA, BY, full  # noqa: E402

RUNS = 3


def body(dice, small):
    """What stands for the pixels: bytes that nothing can compress."""
    return dice.randbytes(dice.randrange(1 << 10, 4 << 10) if small
                          else dice.randrange(30 << 10, 300 << 10))


def make_jpeg(dice, n, small):
    # As editors write it: Exif with a thumbnail, IPTC-IIM, XMP with 2 KiB of padding.
    thumbnail = (0x927C, 7, dice.randbytes(4 << 10))
    exif = t.exif(
        t.ascii(t.ARTIST, ADA), t.ascii(t.COPYRIGHT, "(c) 2019 Ada Archivist"),
        sub=[thumbnail],
    )
    iptc = j.iptc(j.utf8(), j.object_name(f"Item {n}"), j.by_line(ADA))
    packet = full(f"Item {n}", ADA, BY, str(n)).replace(
        b"<?xpacket end", b" " * 2048 + b"<?xpacket end"
    )
    file = j.jpeg(j.exif(exif), j.photoshop(iptc), j.xmp(packet))
    return file[:-3] + body(dice, small).replace(b"\xff", b"\0") + file[-3:]


def make_tiff(dice, n, small):
    fields = [t.ascii(t.ARTIST, ADA), t.raw(t.XMP, full(f"Item {n}", ADA, BY, str(n)))]
    # The field of a private block stands for the pixels.
    return t.image(fields + [t.raw(40000, body(dice, small))])


def make_png(dice, n, small):
    pixels = g.chunk(b"IDAT", body(dice, small))
    return g.png([g.xmp(full(f"Item {n}", ADA, BY, str(n))), pixels])


def make_pdf(dice, n, small):
    objects = p.document(
        p.info(Title=f"Item {n}", Author=ADA), full(f"Item {n}", ADA, BY, str(n))
    )
    objects[8] = ({}, body(dice, small))
    return p.pdf(objects)


MAKERS = {"jpg": make_jpeg, "tif": make_tiff, "png": make_png, "pdf": make_pdf}


def make_tree(root, kinds, files, small=False):
    """`files` files in directories of a hundred; `xmp` is a bare JPEG with a sidecar."""
    dice = random.Random(files)
    for n in range(files):
        directory = root / f"{n // 100:04}"
        if n % 100 == 0:
            directory.mkdir(parents=True)
        kind = kinds[n % len(kinds)]
        if kind == "xmp":
            (directory / f"{n:06}.jpg").write_bytes(j.jpeg()[:-3] + body(dice, small))
            (directory / f"{n:06}.xmp").write_bytes(full(f"Item {n}", ADA, BY, str(n)))
        else:
            (directory / f"{n:06}.{kind}").write_bytes(MAKERS[kind](dice, n, small))


def run(command):
    """Wall and CPU seconds, bytes read, and peak memory in KiB of one run.

    The peak is looked up while the program runs: what the system tells at its
    end includes this script, of which it was a copy until it began."""
    start, peak = time.monotonic(), 0
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    about = Path(f"/proc/{child.pid}")
    while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        if "VmHWM:" in (status := (about / "status").read_text()):
            peak = max(peak, int(status.split("VmHWM:")[1].split()[0]))
        # Not so often that a long run has less of the processors by it.
        time.sleep(min(0.05, 0.0005 + (time.monotonic() - start) / 1000))
    wall = time.monotonic() - start
    read = int((about / "io").read_text().split("rchar: ")[1].split()[0])
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return wall, usage.ru_utime + usage.ru_stime, read, peak


def best(command, tree, empty):
    """The fastest of some runs, and the bytes that the tree accounts for."""
    base = run([*command, str(empty)])[2]
    runs = [run([*command, str(tree)]) for _ in range(RUNS)]
    wall, cpu = min(r[0] for r in runs), min(r[1] for r in runs)
    return wall, cpu, runs[0][2] - base, max(r[3] for r in runs)


def binaries():
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=HERE.parent, check=True)
    built = subprocess.run(
        ["cargo", "bench", "--bench", "walk", "--no-run"],
        cwd=HERE.parent, check=True, capture_output=True, text=True,
    )
    walk = built.stderr.rsplit("(", 1)[1].split(")")[0]
    target = (HERE.parent / walk).parents[1]
    return str(target / "tasl"), str(HERE.parent / walk)


def throughput(tasl, walk, files, root):
    programs = {
        "bare walk": [walk],
        "tasl, 1 thread": [tasl, "audit", "--threads", "1", "--format", "jsonl"],
        "tasl": [tasl, "audit", "--format", "jsonl"],
    }
    programs |= others()
    empty = root / "empty"
    empty.mkdir()
    for name, kinds in (
        ("JPEG", ["jpg"]), ("TIFF", ["tif"]), ("PNG", ["png"]), ("PDF", ["pdf"]),
        ("mixed", ["jpg"] * 6 + ["tif", "png", "pdf", "xmp"]),
    ):
        tree = root / name
        make_tree(tree, kinds, files)
        size = sum(f.stat().st_size for f in tree.rglob("*") if f.is_file())
        print(f"\n### {name}: {files} files, {size / files / 1024:.0f} KiB each\n")
        here = {k: v for k, v in programs.items() if name in WANTED.get(k, [name])}
        table(here, tree, files, empty)
        shutil.rmtree(tree)


# The trees that a program can do something with; the others, with all.
WANTED = {"exiv2": ["JPEG", "TIFF", "PNG"], "pdfinfo": ["PDF"]}


def others():
    """The programs to compare with, as far as they are here. All but ExifTool want the names of the files."""
    every = 'find "$1" -type f -name "*.%s" -print0 | xargs -0 -r %s'
    found = {}
    if shutil.which("exiftool"):
        found["exiftool"] = ["exiftool", "-fast2", "-r", "-j"]
    if shutil.which("exiv2"):
        found["exiv2"] = ["sh", "-c", every % ("[jtp][pin][gf]", "exiv2 -q -pa"), "sh"]
    if shutil.which("pdfinfo"):
        found["pdfinfo"] = ["sh", "-c", every % ("pdf", "-n 1 pdfinfo"), "sh"]
    return found


def table(programs, tree, files, empty):
    print("| program | files/s | CPU s | KiB read per file | peak MiB | CPU to walk | CPU to exiftool |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    results = {label: best(command, tree, empty) for label, command in programs.items()}
    for label, (wall, cpu, read, peak) in results.items():
        other = results.get("exiftool")
        # Of a shell that starts others, bytes and memory are its own.
        alone = label not in WANTED
        print(
            f"| {label} | {files / wall:,.0f} | {cpu:.3f} | {f'{read / files / 1024:.1f}' if alone else '–'} "
            f"| {f'{peak / 1024:.1f}' if alone else '–'} | {cpu / results['bare walk'][1]:.2f} "
            f"| {f'1/{other[1] / cpu:.0f}' if other else '–'} |"
        )


def large(tasl, root):
    """One file of each kind that is large: what it costs beyond an empty directory."""
    empty = root / "nothing"
    empty.mkdir()
    programs = {"tasl": [tasl, "audit", "--format", "jsonl"]}
    if shutil.which("exiftool"):
        programs["exiftool"] = ["exiftool", "-fast2", "-j"]
    print("\n### Large files\n\n| file | program | CPU ms | KiB read | peak MiB |\n|---|---|--:|--:|--:|")
    for name, make in (("TIFF of 1.5 GB", large_tiff), ("PDF of 300 MB", large_pdf)):
        file = root / f"large.{name[:3].lower()}"
        make(file)
        for label, command in programs.items():
            nothing = best(command, empty, empty)
            wall, cpu, read, peak = best(command, file, empty)
            print(f"| {name} | {label} | {(cpu - nothing[1]) * 1000:.1f} | {read / 1024:.0f} | {peak / 1024:.1f} |")
        file.unlink()


def large_tiff(path):
    """The directory and its XMP at the end, and nothing written before them."""
    packet, size = full("Atlas", ADA, BY, "atlas"), 1500 << 20
    tail = directory([(700, 1, len(packet), size - len(packet))]) + packet
    with open(path, "wb") as file:
        file.write(tiff(size - len(tail)))
        file.truncate(size)
        file.seek(size - len(tail))
        file.write(tail)


def large_pdf(path):
    """A stream of 300 MB that an update has brought."""
    first = p.pdf(p.document(p.info(Title="Atlas", Author=ADA), full("Atlas", ADA, BY, "atlas")))
    previous = int(first[first.rindex(b"startxref\n") + 10 :].split()[0])
    size = 300 << 20
    with open(path, "wb") as file:
        file.write(first + b"8 0 obj\n<< /Length %d >>\nstream\n" % size)
        at = file.tell() + size
        file.truncate(at)
        file.seek(at)
        file.write(b"\nendstream\nendobj\n")
        table = file.tell()
        file.write(b"xref\n8 1\n%010d 00000 n \n" % len(first))
        file.write(b"trailer\n<< /Size 9 /Root 1 0 R /Info 7 0 R /Prev %d >>\n" % previous)
        file.write(b"startxref\n%d\n%%%%EOF\n" % table)


def memory(tasl, sizes, root):
    print("\n### Peak memory, mixed files\n\n| files | report | MiB |\n|--:|---|--:|")
    for files in sizes:
        tree = root / str(files)
        make_tree(tree, ["jpg"] * 6 + ["tif", "png", "pdf", "xmp"], files, small=True)
        for report in ("jsonl", "json", "csv", "text"):
            peak = run([tasl, "audit", "--format", report, str(tree)])[3]
            print(f"| {files:,} | {report} | {peak / 1024:.1f} |")
        shutil.rmtree(tree)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--files", type=int, default=2000)
    arguments.add_argument("--memory", type=int, nargs="*", default=[10_000, 100_000])
    arguments.add_argument("--in", dest="directory", help="where to put the trees")
    arguments.add_argument("--corpus", action="store_true", help="also over ../shared/corpus")
    options = arguments.parse_args()
    tasl, walk = binaries()
    with tempfile.TemporaryDirectory(dir=options.directory) as root:
        if options.files:
            throughput(tasl, walk, options.files, Path(root))
        corpus = HERE.parent.parent / "shared" / "corpus"
        if options.corpus and corpus.is_dir():
            files = sum(f.is_file() for f in corpus.rglob("*"))
            print(f"\n### Corpus: {files} files\n")
            (Path(root) / "none").mkdir()
            walks = {"bare walk": [walk], "tasl, 1 thread": [tasl, "audit", "--threads", "1", "--format", "jsonl"]}
            table(walks | {k: v for k, v in others().items() if k == "exiftool"}, corpus, files, Path(root) / "none")
        large(tasl, Path(root))
        memory(tasl, options.memory, Path(root))


if __name__ == "__main__":
    main()
