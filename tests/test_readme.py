import re
from pathlib import Path

from catalog.walls import message

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_readme_quotes_what_a_person_reads_at_a_wall_word_for_word():
    quoted = " ".join(re.findall(r"^> (.*)$", README, re.M))
    assert quoted == message("shop.example", 403, "https://shop.example/women", 3)


def test_the_readme_says_plainly_whose_photos_they_are():
    plain = " ".join(README.split())
    assert "Check each shop's terms" in plain and "personal and educational use" in plain and "photos belong to the shops" in plain
