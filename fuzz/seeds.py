#!/usr/bin/env python3
"""Writes what the fuzz targets begin with, from the fixtures, to DIRECTORY.

    python3 fuzz/seeds.py DIRECTORY

One folder a target. A block is cut out of the files where its signature stands, without regard to its end:
what follows it is as good a mutation as any. Standard library only.
"""

import hashlib
import re
import sys
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
# A file beside its evidence is not read by more than one target this size.
LARGEST = 64 << 10

# Targets of a block: what begins it, and how many bytes of that belong to it.
BLOCKS = {
    "block_exif": [(rb"Exif\0\0(?=II\*|MM\0)", 0), (rb"eXIf(?=II\*|MM\0)", 0), (rb"^(?:II\*\0|MM\0\*)", 4)],
    "block_irb": [(rb"Photoshop 3\.0\0(?=8BIM)", 0), (rb"(?<!\0)8BIM", 4)],
    "block_iim": [(rb"\x1c[\x01\x02]", 2)],
    "block_c2pa": [(rb".{4}jumb", 8)],
    "block_xmp": [(rb"<\?xpacket begin", 15), (rb"<x:xmpmeta", 10), (rb"<rdf:RDF", 8)],
}

# Targets of a block that is a file in an archive: the end of its name.
PARTS = {
    "block_epub_opf": ".opf",
    "block_ooxml_core": "core.xml",
    "block_ooxml_custom": "custom.xml",
    "block_odf_meta": "meta.xml",
}

# Formats that one walker reads: the folders of their fixtures.
FAMILIES = {
    "heic": ["heif", "avif"],
    "jp2": ["jph", "jpm", "jpx", "mj2"],
    "mp4": ["m4a", "quicktime", "3gpp"],
    "odt": ["odg", "odp", "ods"],
    "docx": ["pptx", "xlsx"],
    "wav": ["avi"],
}


def main(to):
    files = [p for p in sorted(FIXTURES.rglob("*")) if p.is_file() and p.suffix not in (".py", ".pyc")]
    walks = [p.stem for p in (ROOT / "fuzz" / "fuzz_targets").glob("walk_*.rs")]
    for path in files:
        if path.suffix in (".md", ".jsonl", ".tsv", ".csv", ".txt"):
            continue
        bytes_ = path.read_bytes()[:LARGEST]
        if path.suffix == ".tasl":
            put(to, "notation", bytes_)
            continue
        put(to, "file", bytes_)
        for walk in walks:
            if fits(walk, path):
                put(to, walk, bytes_)
        if path.suffix in (".html", ".htm"):
            put(to, "block_html", bytes_)
        if path.suffix in (".epub", ".docx", ".pptx", ".xlsx", ".odt", ".ods", ".odp", ".odg"):
            put_parts(to, path)
        for target, signatures in BLOCKS.items():
            for pattern, keep in signatures:
                for match in list(re.finditer(pattern, bytes_, re.S))[:2]:
                    put(to, target, bytes_[match.end() - keep :][:4096])
    for path in ("src/policy/presets.toml", *ROOT.glob("docs/**/*.toml"), *ROOT.glob("tests/**/*.toml")):
        put(to, "policy", (ROOT / path).read_bytes())
    for page in ROOT.glob("docs/**/*.md"):
        for example in re.findall(r"```(toml|tasl)\n(.*?)```", page.read_text(), re.S):
            put(to, "policy" if example[0] == "toml" else "notation", example[1].encode())
    for line in (FIXTURES / "statements" / "statements.tsv").read_text().splitlines():
        for text in line.split("\t"):
            if len(text) > 12 and not line.startswith("#"):
                put(to, "statement", text.encode())
                put(to, "rights_text", text.encode())
    for folder in sorted(to.iterdir()):
        print(f"{folder.name}: {len(list(folder.iterdir()))}")


def fits(walk, path):
    """Whether a file is a seed for the walker of a format, by the folder or the ending of its name."""
    name = walk.removeprefix("walk_").replace("_", "-")
    endings = {"jpeg": ["jpg"], "tiff": ["tif", "dng"]}.get(name, []) + [name]
    return path.parent.name in [name, *FAMILIES.get(name, [])] or path.suffix.lstrip(".") in endings


def put_parts(to, path):
    # Some are damaged on purpose; the rest will do.
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.namelist():
                for target, end in PARTS.items():
                    if entry.endswith(end):
                        put(to, target, archive.read(entry)[:LARGEST])
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        pass


def put(to, target, bytes_):
    folder = to / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(bytes_).hexdigest()).write_bytes(bytes_)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
