import json
import re
from pathlib import Path

from catalog.walls import message

HERE = Path(__file__).resolve().parent
README = (HERE.parent / "README.md").read_text(encoding="utf-8")


def test_the_readme_quotes_what_a_person_reads_at_a_wall_word_for_word():
    quoted = " ".join(re.findall(r"^> (.*)$", README, re.M))
    assert quoted == message("shop.example", 403, "https://shop.example/women", 3)


def test_the_readme_says_plainly_whose_photos_they_are():
    plain = " ".join(README.split())
    assert "Check each shop's terms" in plain and "personal and educational use" in plain and "photos belong to the shops" in plain


def test_the_speed_of_a_polite_crawl_is_the_measured_one():
    rows = json.loads((HERE / "benchmarks" / "crawl.json").read_text(encoding="utf-8"))["rows"]
    row = next(row for row in rows if row["job"] == "pages and photos on one host, delay 1.0 s")
    assert f"{row['ours']:.2f} products a second of a possible {row['peer']:.2f}" in " ".join(README.split())


def test_the_readme_names_the_commands_for_cron_and_the_workflow_that_is_there():
    assert "python -m catalog.refresh shops.toml" in README and (HERE.parent / ".github" / "workflows" / "refresh.yml").is_file()
    assert README.count("unverified") >= 3
