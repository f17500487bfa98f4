"""`make readme`: print the permission table into README.md."""

import re
from pathlib import Path

from domain.policy import as_markdown

README = Path(__file__).resolve().parents[2] / "README.md"
BETWEEN = re.compile(r"(<!-- policy -->\n).*?(<!-- /policy -->)", re.DOTALL)


def main() -> None:
    """Replace what stands between the marks."""
    table = as_markdown().strip()
    text = BETWEEN.sub(lambda marks: f"{marks[1]}{table}\n{marks[2]}", README.read_text())
    README.write_text(text)


if __name__ == "__main__":
    main()
