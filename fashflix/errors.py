"""Every error FashFlix raises on purpose, as a tree. Each message says what happened, the value seen, and what to do next.

FashFlixError
├── SettingsError            a setting that cannot be used
├── PhotoError               bytes that are not a usable photo
├── ModelError               the model file is missing, damaged or of another kind
├── CatalogueError           a catalogue folder that cannot be opened
│   ├── CatalogueMismatch    ... because another model made its vectors
│   └── PublishRefused       a refreshed catalogue lost too many products; the old one stays
├── SourceError              input of `catalog.build` that cannot be read at all
│   └── FeedError            a vendor's feed that cannot be read
├── StudioError              a garment, recipe or folder the studio cannot work with
├── FetchError               a page or photo of a shop that could not be fetched
│   ├── AddressRefused       its address is not a public one
│   ├── RobotsDisallowed     the shop's robots.txt asks not to fetch it
│   ├── RobotsUnreachable    the shop's robots.txt cannot be read, so the shop is left alone
│   ├── PageMissing          the shop says that there is no such page
│   ├── ShopUnavailable      the shop keeps failing, so it is left alone for now
│   └── ShopBlocked          the shop refuses automated visits
├── PreferenceError          a swipe log that no learner can fit
└── StoreError               people cannot be read or saved
    ├── StoreBusy            another process holds the people file
    ├── StoreDamaged         the people file has a damaged record before its end
    ├── StoreWriteFailed     the disk refused a write; nothing was changed
    ├── NameTaken            somebody else has this account name
    └── AccountError         a name or passphrase that cannot be used
"""


class FashFlixError(Exception):
    """Base of the tree: catch it at the edge and show its message."""


class SettingsError(FashFlixError):
    """A setting that cannot be used."""


class PhotoError(FashFlixError):
    """Bytes that are not a usable photo."""


class ModelError(FashFlixError):
    """The model file is missing, damaged or of another kind."""


class CatalogueError(FashFlixError):
    """A catalogue folder that cannot be opened."""


class CatalogueMismatch(CatalogueError):
    """A catalogue whose vectors were made by another model."""


class PublishRefused(CatalogueError):
    """A refreshed catalogue lost too many products; the old one stays."""


class SourceError(FashFlixError):
    """Input of `catalog.build` that cannot be read at all."""


class FeedError(SourceError):
    """A vendor's feed that cannot be read."""


class StudioError(FashFlixError):
    """A garment, recipe or folder the studio cannot work with."""


class FetchError(FashFlixError):
    """A page or photo of a shop that could not be fetched."""


class AddressRefused(FetchError):
    """A host whose address is not a public one."""


class RobotsDisallowed(FetchError):
    """A page that the shop's robots.txt asks not to fetch."""


class RobotsUnreachable(FetchError):
    """A shop whose robots.txt cannot be read, so that it is left alone."""


class PageMissing(FetchError):
    """A page that the shop says does not exist."""


class ShopUnavailable(FetchError):
    """A shop that keeps failing, so that it is left alone for now."""


class ShopBlocked(FetchError):
    """A shop that refuses automated visits."""


class PreferenceError(FashFlixError):
    """A swipe log that no learner can fit."""


class StoreError(FashFlixError):
    """People cannot be read or saved."""


class StoreBusy(StoreError):
    """Another process holds the people file."""


class StoreDamaged(StoreError):
    """The people file has a damaged record before its end."""


class StoreWriteFailed(StoreError):
    """The disk refused a write; nothing was changed."""


class NameTaken(StoreError):
    """Somebody else has this account name."""


class AccountError(StoreError):
    """A name or passphrase that cannot be used."""
