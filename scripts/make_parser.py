"""Write ``policylang/language/grammar.json``, the parser's tables. Run it after every change of the grammar.

    python scripts/make_parser.py

Tables that still belong to the grammar are left alone (lark numbers its states anew each time, and the file would
change for nothing). ``--check`` writes nothing and exits 1 if they are out of date; a test does the same.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
TABLES = ROOT / "policylang" / "language" / "grammar.json"


def main(arguments: list[str]) -> int:
    from policylang.language.tables import build, dump, grammar_text, up_to_date

    if up_to_date():
        print("The parser's tables are up to date.")
        return 0
    if "--check" in arguments:
        print("The parser's tables are out of date: run python scripts/make_parser.py")
        return 1
    text = grammar_text()
    tables = dump(build(text), text)
    TABLES.write_text(tables, encoding="utf-8", newline="\n")
    print(f"Wrote {TABLES.relative_to(ROOT)} ({len(tables):,} characters).")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
