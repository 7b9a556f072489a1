"""One frozen dataclass of settings: defaults, overridden by secrets, overridden by FASHFLIX_* environment variables."""

import os
from dataclasses import dataclass, field, fields
from pathlib import Path

from fashflix.errors import SettingsError

SHORTEST_PASSPHRASE = 8             # one for all vendors, asked for on an open page
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """What a person who runs FashFlix may change. FASHFLIX_CATALOGUE=... sets `catalogue`, and so on."""

    catalogue: Path = ROOT / "catalog" / "data"         # folder made by `python -m catalog.build`
    model: Path = ROOT / "fashflix" / "weights" / "fashflix.onnx"
    people: str = f"tinydb:///{ROOT / '.people' / 'people.json'}"   # where people are stored
    learner: str = "kernel"                             # a name in fashflix.preference.LEARNERS
    upload_megabytes: int = 10                          # larger photos are refused
    vendor_passphrase: str = field(default="", repr=False)          # opens the page for vendors' feeds; without one there is no such page
    staging: Path = ROOT / ".staging"                   # what vendors publish waits here; it is never served by itself


def load_settings(secrets=None, environ=os.environ):
    """Read the settings.

    secrets: mapping or None; a table such as st.secrets["fashflix"].
    environ: mapping; keys FASHFLIX_<NAME>, which win over secrets.
    Raises SettingsError naming the value that does not fit.
    """
    values = {}
    for setting in fields(Settings):
        given = environ.get(f"FASHFLIX_{setting.name.upper()}", (secrets or {}).get(setting.name))
        if given is None:
            continue
        kind = type(setting.default)
        try:
            values[setting.name] = Path(given).expanduser() if issubclass(kind, Path) else kind(given)
        except (TypeError, ValueError) as error:
            raise SettingsError(f"FASHFLIX_{setting.name.upper()} must be of type {kind.__name__}, not {given!r}. "
                                "Correct or unset it and start again.") from error
    settings = Settings(**values)
    if 0 < len(settings.vendor_passphrase) < SHORTEST_PASSPHRASE:
        raise SettingsError(f"FASHFLIX_VENDOR_PASSPHRASE has {len(settings.vendor_passphrase)} characters; give it "
                            f"{SHORTEST_PASSPHRASE} or more, or none to have no page for vendors.")
    return settings
