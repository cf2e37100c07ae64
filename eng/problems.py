#!/usr/bin/env python3
"""Adds the error codes that the sources have and docs/api/problems.md lacks, with the sentence of the source, and drops those that are gone.

Rows that are there stay as they are. Run it after you have added a code, and read what it wrote: eng/problems.py
"""
import glob, os, re

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PAGE = os.path.join(ROOT, "docs/api/problems.md")
STATUS = {"Invalid": "400", "Unauthorized": "401", "Forbidden": "403", "NotFound": "404", "Method": "405", "Conflict": "409", "Precondition": "412", "TooLarge": "413",
          "MediaType": "415", "Unprocessable": "422", "Busy": "429", "Upstream": "502", "Unavailable": "503"}
NO_CODES = {"duck.com", "mozmail.com", "index.html", "switchyard.db", "switchyard.events", "internal.ping", "internal.command", "problems.md", "examples.json", "login.json"}

def sources():
    for path in sorted(glob.glob(os.path.join(ROOT, "src/Switchyard/**/*.cs"), recursive=True)):
        if "/obj/" not in path and "/bin/" not in path:
            yield open(path, encoding="utf-8").read()

names, found = set(), {}
for text in sources():
    names |= set(re.findall(r'(?:WithName|BooksCheck|BooksRepair|Sensitive|Exchange =|new)\(?\s*"([a-z]+\.\w+)"', text))
    for m in re.finditer(r'"([a-z]{2,}\.[a-z][a-z_]+)"', text):
        before, after = text[:m.start()][-400:], text[m.end():m.end() + 500]
        kind = re.findall(r"(?:Error\.|ErrorKind\.)(\w+)[(,]\s*$", before)
        isField = re.search(r"(?:Fault|That|FieldError|Error|new)\([^;]*$|const string [^;]*$|return[^;]*$|\?\s*$", before) is not None
        detail = re.match(r',\s*\$?"((?:[^"\\]|\\.)*)"', after)
        found.setdefault(m.group(1), []).append((kind[0] if kind else "", isField, detail.group(1) if detail else ""))

rows = {}
for line in open(PAGE, encoding="utf-8"):
    if m := re.match(r"\| `([a-z._]+)` \|", line):
        rows[m.group(1)] = line.rstrip("\n")

known = {}
for code, uses in found.items():
    if code in NO_CODES or code in rows:
        continue
    kinds = [k for k, _, _ in uses if k in STATUS]
    isField = any(f for _, f, _ in uses)
    if not kinds and (code in names or not isField):
        continue
    detail = next((d for k, _, d in uses if d and (k in STATUS) == bool(kinds)), "")
    detail = re.sub(r"\{[^{}]*\}", "…", detail).replace("|", "\\|").replace('\\"', '"')
    rows[code] = f"| `{code}` | {STATUS[kinds[0]] if kinds else 'field'} | {detail or 'TODO: say what it means.'} |"
    known[code] = rows[code]
for code in [c for c in rows if c not in found]:
    print("gone:", code)
    del rows[code]
for row in known.values():
    print("new: ", row)

page = open(PAGE, encoding="utf-8").read()
head = page[:page.index("| code | status |")]
open(PAGE, "w", encoding="utf-8").write(head + "| code | status | what it means |\n| --- | --- | --- |\n" + "\n".join(rows[c] for c in sorted(rows)) + "\n")
