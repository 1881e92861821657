#!/usr/bin/env python3
"""Accuracy over any files: what `tasl audit` reads from them, against ExifTool.

    python3 benches/accuracy.py DIRECTORY [--exiftool COMMAND] [--tasl BINARY]
                                [--answers FILE] [--rows FILE]

Writes `docs/accuracy-collections.md` to standard output: per format and per
property how many values ExifTool gives, how many of them `tasl` gives as the same
property in the same kind of block, and how many more it gives. DIRECTORY has a
folder for each source of files. `--rows` writes each difference as a line. ExifTool
takes long; `--answers` keeps what it said for the next time.

`accuracy-fields.tsv` says which of its tags are which property; the first row
that fits counts, and `-` is none that is compared.
"""

import argparse
import csv
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import textwrap
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
# An alternative in another language: `Title-fr`.
LANGUAGE = re.compile(r"(.*?)-([a-z]{2,3}(-[A-Za-z0-9]{2,8})*|x-[A-Za-z0-9-]+)$")
WORK = {
    "title", "creator", "rights", "source", "license", "publisher", "identifier",
    "description", "contributor",
}
NAMES = {"Agent", "Person", "Organization", "Title", "Name"}
# The same sort of file, whatever its application or its brand.
FAMILIES = [
    ("Office Open XML", r"openxmlformats|macroenabled"), ("OpenDocument", r"opendocument"),
    ("raw", r"image/x-(nikon|canon-cr|adobe-dng|fuji|olympus|panasonic|pentax|sony|exv)"),
    ("TIFF", r"tiff"), ("HEIF, AVIF", r"heic|heif|avif"), ("JPEG 2000", r"image/jp[2mxh]"),
    ("MPEG-4, QuickTime", r"mp4|quicktime|3gpp"), ("sound", r"audio/"),
    ("RIFF video, Ogg video", r"msvideo|video/ogg"),
    ("PostScript, Illustrator", r"postscript|illustrator"), ("PDF", r"application/pdf"),
    ("SVG", r"svg"), ("HTML", r"text/html|xhtml"), ("EPUB", r"epub"),
    ("XMP sidecar", r"rdf\+xml"), ("PSD", r"photoshop"), ("PNG", r"image/a?png"),
    ("JPEG", r"image/jpeg"), ("WebP", r"webp"), ("GIF", r"gif"), ("JPEG XL", r"jxl"),
]
OTHER = "other formats"
HEAD = """\
# Accuracy over public collections

*Written by `benches/accuracy.py`.*

What `tasl` reads from files of public test collections, of collections of clip art, wallpapers and music, and of
documentation, as packages of public registries have them, held against what ExifTool {version} reads from the same
files. It had no module for Brotli. Many of the files are damaged on purpose. They are not part of this package. Those
of ExifTool, exiv2 and pdf.js are partly those of [accuracy.md](accuracy.md); the others were new to it when they
were first measured.

A value agrees if a statement of the same property stands in the same kind of block with the same text but for
white space; where a file does not declare its charset, ExifTool shows `?` and any character agrees. It does not if

- *blank*: it has no text. Blank fields of ID3v1 are not in use, and structures without a name say nothing.
- *said elsewhere*: the same text is read as the same property from another block or once instead of twice: ID3v1
  beside ID3v2, a thumbnail, core properties of an earlier writer, private data of Photoshop inside a PDF.
- *not read*: the file is in a format that is not read, such as Canon CRW and codestreams of JPEG 2000 without
  boxes, or is an OpenDocument package that does not tell its media type, or flat XML. It is reported as that.
- *missed*: it is none of these.

The share is that of all values but those blank, said elsewhere and not read. *Beyond* are values with text that were
read and that ExifTool does not give.

"""
CAUSES = """
## What is missed, and why

- **Comments of ID3** (`sound`): ExifTool puts the description before the text, and gives the technical comments of
  iTunes. The text is read without it, and those are no statements.
- **Core properties of an earlier writer** (Office Open XML): a package has one part for them, which it relates; some
  have another, left by a program that knew a different relationship, and ExifTool reads both. That there is one is
  reported.
- **AFCP behind other trailers, IIM in maker notes, PhotoStudio's comment, Photoshop's private data in a PDF**: one file
  of ExifTool's own tests each. They are not read.
- **A node about another resource** (XMP sidecar), beside nodes about the file: not taken for the file's, and reported.
- **Damage**: where a field runs into its neighbour or has a type of numbers, the two recover different beginnings. The
  damage is reported.
- **PDF**: `null` is no title; code 0xAD stands for nothing in PDFDocEncoding; a NUL does not end a text.
- **SVG**: ExifTool takes the identifier of a `desc` for its text. **HTML**: properties in a comment that Word left,
  and in a tag whose name is damaged. **Copyright flag**: a resource of two bytes. **IIM** in UTF-8 without saying so.
"""
# What says who made a work and what one may do with it.
NINE = (
    "title", "creator", "rights", "license", "usage_terms", "web_statement", "credit", "source",
    "identifier",
)
WHY = ("blank", "said elsewhere", "not read", "missed")


def fields():
    with open(HERE / "accuracy-fields.tsv", encoding="utf-8", newline="") as file:
        return [
            (row["property"], row["block"], re.compile(f"(?:{row['group']})$", re.I), row["tag"])
            for row in csv.DictReader(file, delimiter="\t")
        ]


def flat(value):
    if isinstance(value, list):
        for item in value:
            yield from flat(item)
    elif isinstance(value, dict):
        # A structure counts as its name.
        for key, item in value.items():
            if key.endswith("Name") and isinstance(item, str):
                yield item
                return
    elif value is not None:
        yield str(value).lower() if isinstance(value, bool) else str(value)


def named(value):
    if isinstance(value, list):
        for item in value:
            yield from named(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in NAMES:
                yield from named(item)
    elif value is not None:
        yield str(value)


def work(value):
    """The properties of `cc:Work`, which ExifTool gives as a structure."""
    for one in value if isinstance(value, list) else [value]:
        for key, item in one.items() if isinstance(one, dict) else ():
            match = LANGUAGE.match(key)
            name = (match.group(1) if match else key).lower()
            name = name if name in WORK else key.lower()
            if name in WORK:
                # Who is in `dc:rights` is the holder of them.
                is_holder = name == "rights" and not isinstance(item, str)
                for text in named(item):
                    yield ("owner" if is_holder else name), "xmp", text


def said_by_exiftool(record, table):
    kind = record.get("File:MIMEType", "")
    package = next(
        (block for block, sign in (
            ("odf-meta", "opendocument"), ("epub-opf", "epub"), ("ooxml-core", "openxml"),
            ("ooxml-core", "macroEnabled"),
        ) if sign in kind), None,
    )
    for key, value in record.items():
        group, _, tag = key.partition(":")
        # `IFD0:Copy1:Artist` is a second one.
        tag = tag.rpartition(":")[2]
        if group.startswith("XMP") and tag == "Work":
            yield from work(value)
            continue
        if group.startswith("XMP-tmp") and tag == "License":
            yield from (("license", "xmp", text) for text in flat(value))
            continue
        match = LANGUAGE.match(tag)
        tags = [tag] + ([match.group(1)] if match else [])
        for name, block, groups, wanted in table:
            if not groups.match(group):
                continue
            if not any(re.fullmatch(wanted, tag, re.I) for tag in tags):
                continue
            if package and (block == "document" or group.startswith("XMP")):
                block = package
            if block == "jpeg-comment" and kind == "image/gif":
                block = "gif-comment"
            if name != "-" and block != "document":
                for text in flat(value):
                    if name == "marked":
                        text = {"1": "true", "0": "false"}.get(text, text).lower()
                    yield name, block, text
            break


def said_by_tasl(statements):
    said = []
    for s in statements:
        name, block, key, text = s["property"], s["block"], s["key"], s["value"]
        # Fields that are not compared, and blocks that ExifTool does not read.
        if key == "DocumentName" or block in ("pdf-text", "pdf-link", "c2pa", "bext", "aiff-text"):
            continue
        # The two parts of Copyright are one value of two lines.
        if (block, key) == ("exif", "CopyrightEditor") and said:
            said[-1][3] += "\n" + text
            continue
        said.append([name, block, key, text.lower() if name == "marked" else text])
    return said


def agree(theirs, ours, loose):
    """To the letter but for white space at the ends; or where ExifTool gives `?` for
    bytes in a charset that the file does not declare."""
    if not loose:
        return theirs.strip() == ours.strip()
    squeeze = lambda text: " ".join(text.replace("\0", "").split())  # noqa: E731
    if squeeze(theirs) == squeeze(ours):
        return True
    if not ("?" in theirs or "\ufffd" in theirs) or len(ours) > 3000:
        return False
    pattern = re.escape(theirs.strip()).replace("\\?", ".{1,2}").replace("\ufffd", ".")
    return re.fullmatch(pattern, ours.strip(), re.S) is not None


def exiftool(command, answers):
    if answers and answers.is_file():
        text = answers.read_text(encoding="utf-8", errors="replace")
    else:
        files = "\n".join(sorted(str(p) for p in Path(".").rglob("*") if p.is_file()))
        done = subprocess.run(
            [*command.split(), "-n", "-j", "-G1:4", "-a", "-struct", "-charset", "filename=utf8",
             "-x", "System:all", "-x", "ZIP:all", "-api", "LimitLongValues=1000000", "-@", "-"],
            input=files, capture_output=True, text=True, errors="replace", check=False,
        )
        text = done.stdout
        if answers:
            answers.write_text(text, encoding="utf-8")
    return json.loads(text, strict=False, parse_int=str, parse_float=str)


def family(kind):
    return next((name for name, sign in FAMILIES if re.search(sign, kind)), OTHER)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--exiftool", default="exiftool")
    parser.add_argument("--tasl", type=Path, default=HERE.parent / "target/release/tasl")
    parser.add_argument("--answers", type=Path)
    parser.add_argument("--rows", type=Path)
    options = parser.parse_args()
    for name in ("tasl", "answers", "rows"):
        if getattr(options, name):
            setattr(options, name, getattr(options, name).resolve())
    os.chdir(options.directory)

    def audit(*more):
        return subprocess.run(
            [options.tasl, "audit", "--no-policy", "--format", "jsonl", *more, "."],
            capture_output=True, text=True, check=False,
        ).stdout

    report = audit("--threads", "1")
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as cache:
        others = [audit("--threads", "2")] + [audit("--cache", cache) for _ in range(2)]
    same = all(other == report for other in others)
    panics = report.count('"internal-error"')
    # What a sidecar says is reported with its file, and counts as its own.
    ours, status = defaultdict(list), {}
    for line in filter(None, report.split("\n")):
        record = json.loads(line)
        status[record["path"]] = record["status"]
        for statement in record["statements"]:
            ours[statement["file"]].append(statement)

    answers = exiftool(options.exiftool, options.answers)
    table, rows, files = fields(), [], Counter()
    count = defaultdict(Counter)
    compared = {name for name, *_ in table}
    for record in answers:
        path = record["SourceFile"].removeprefix("./")
        kind = family(record.get("File:MIMEType", ""))
        files[kind] += 1
        said = [s for s in said_by_tasl(ours[path]) if s[0] in compared]
        left = list(said_by_exiftool(record, table))
        for loose in (False, True):
            rest = []
            for name, block, text in left:
                hit = next(
                    (s for s in said if (s[0], s[1]) == (name, block) and agree(text, s[3], loose)),
                    None,
                )
                if hit:
                    said.remove(hit)
                    count[kind, name]["agree"] += 1
                else:
                    rest.append((name, block, text))
            left = rest
        state = status.get(path, "-")
        complaint = record.get("ExifTool:Warning") or record.get("ExifTool:Error") or ""
        everything = [(s["property"], s["value"].strip()) for s in ours[path]]
        for name, block, text in left:
            if not text.strip():
                why = "blank"
            elif state in ("unsupported", "skipped", "-"):
                why = "not read"
            elif (name, text.strip()) in everything:
                why = "said elsewhere"
            else:
                why = "missed"
            count[kind, name][why] += 1
            rows.append((why, kind, name, block, text, path, state, complaint))
        for name, block, key, text in said:
            why = "beyond" if text.strip() else "beyond, blank"
            count[kind, name][why] += 1
            rows.append((why, kind, name, f"{block} {key}", text, path, state, complaint))
    if options.rows:
        with open(options.rows, "w", encoding="utf-8") as file:
            for row in sorted(rows):
                file.write("\t".join(repr(str(cell))[1:-1][:120] for cell in row) + "\n")

    def line(name, counts, more=""):
        agreeing = counts["agree"]
        values = agreeing + sum(counts[why] for why in WHY)
        said = agreeing + counts["missed"]
        share = f"{100 * agreeing / said:.1f} %" if said else "–"
        cells = [values, agreeing, *(counts[why] for why in WHY)]
        print(f"| {name} |{more} " + " | ".join(map(str, cells)) + f" | {share} | {counts['beyond']} |")

    version = answers[0]["ExifTool:ExifToolVersion"]
    print(HEAD.format(version=version), end="")
    print(
        f"An audit of all of them took {seconds:.1f} s of CPU time and {memory:.0f} MB of memory. On one thread and on two,"
        f"\nwithout a cache, with an empty and with a full one, the reports are "
        f"{'the same to the byte' if same else 'NOT the same'}.\nFindings of faults of this program: {panics}.\n"
    )
    head = "values | agree | blank | said elsewhere | not read | missed | share | beyond |"
    print(f"Files: {sum(files.values())}.\n\n| format | files | {head}")
    print("|---|" + "--:|" * 9)
    kinds = sorted(files.items(), key=lambda item: (item[0] == OTHER, -item[1]))
    for names in (None, NINE):
        if names:
            listed = ", ".join(f"`{name}`" for name in names)
            print("\n" + textwrap.fill(f"Of these values, those of {listed}:", 118) + "\n")
            print(f"| format | files | {head}\n|---|" + "--:|" * 9)
        for kind, number in kinds:
            total = Counter()
            for (of, name), counts in count.items():
                if of == kind and (not names or name in names):
                    total.update(counts)
            line(kind, total, f" {number} |")
    print(f"\n| property | {head}\n|---|" + "--:|" * 8)
    for name in dict.fromkeys(name for name, *_ in table if name != "-"):
        total = Counter()
        for (_, of), counts in count.items():
            if of == name:
                total.update(counts)
        line(name, total)
    print(CAUSES)
    print("| format | property | source | missed |\n|---|---|---|--:|")
    missed = Counter((row[1], row[2], row[5].split("/")[0]) for row in rows if row[0] == "missed")
    for (kind, name, source), number in sorted(missed.items()):
        print(f"| {kind} | {name} | {source} | {number} |")
    sources = Counter(Path(record["SourceFile"]).parts[0] for record in answers)
    print("\n## The files\n\nFrom each source, without what is in it twice, and not more of one kind than a few\nhundred:\n")
    listed = ", ".join(f"{source} {number}" for source, number in sorted(sources.items()))
    print(textwrap.fill(listed + ".", 118, break_on_hyphens=False))


if __name__ == "__main__":
    sys.exit(main())
