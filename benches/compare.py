#!/usr/bin/env python3
"""Throughput and memory: `tasl audit` beside ExifTool and a bare walk.

    python3 benches/compare.py [--files N] [--memory N N] [--in DIRECTORY]

Builds the release binaries, generates a tree of each kind, runs each program
over it with warm caches, and prints tables in Markdown: files per second, CPU
time, bytes read per file, and the ratios. Linux only: bytes are those that
/proc/PID/io counts, less what the same program reads over an empty tree.

It needs Python 3, and ExifTool (Debian: libimage-exiftool-perl) for its column.
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
        time.sleep(0.0005)
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
    if shutil.which("exiftool"):
        programs["exiftool"] = ["exiftool", "-fast2", "-r", "-j"]
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
        print("| program | files/s | CPU s | KiB read per file | CPU to walk | CPU to exiftool |")
        print("|---|--:|--:|--:|--:|--:|")
        results = {label: best(command, tree, empty) for label, command in programs.items()}
        for label, (wall, cpu, read, _) in results.items():
            other = results.get("exiftool")
            print(
                f"| {label} | {files / wall:,.0f} | {cpu:.3f} | {read / files / 1024:.1f} "
                f"| {cpu / results['bare walk'][1]:.2f} "
                f"| {f'1/{other[1] / cpu:.0f}' if other else '–'} |"
            )
        shutil.rmtree(tree)


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
    options = arguments.parse_args()
    tasl, walk = binaries()
    with tempfile.TemporaryDirectory(dir=options.directory) as root:
        if options.files:
            throughput(tasl, walk, options.files, Path(root))
        memory(tasl, options.memory, Path(root))


main()
