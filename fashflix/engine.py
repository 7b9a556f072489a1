"""Everything a process opens once: model, catalogue, index, recommender, people."""

import threading
from dataclasses import dataclass, field

from fashflix.catalogue import Catalogue
from fashflix.confidence import Confidence
from fashflix.embedder import Embedder
from fashflix.garments import GarmentFinder
from fashflix.index import Index
from fashflix.people import People
from fashflix.preference import LEARNERS
from fashflix.recommend import Recommender
from fashflix.errors import SettingsError
from fashflix.settings import Settings
from fashflix.store import open_store


@dataclass(frozen=True)
class Engine:
    """The parts that all sessions share. None of them holds a person."""

    settings: Settings
    embedder: Embedder
    catalogue: Catalogue
    recommender: Recommender
    people: People
    _found: list = field(default_factory=list, repr=False)
    _opening: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def open(cls, settings):
        """Open all parts. Raises a FashFlixError that says what to do when one cannot be opened."""
        if settings.learner not in LEARNERS:
            raise SettingsError(f"FASHFLIX_LEARNER must be one of {', '.join(LEARNERS)}, not {settings.learner!r}.")
        embedder = Embedder.load(settings.model)
        catalogue = Catalogue.open(settings.catalogue, embedder.sha256)
        recommender = Recommender(catalogue, Index(catalogue.vectors), LEARNERS[settings.learner],
                                  confidence=Confidence.load(settings.learner))
        return cls(settings, embedder, catalogue, recommender, People(open_store(settings.people)))

    def finder(self):
        """What finds garments in photos. Opened at the first photo, since many people never send one."""
        with self._opening:
            if not self._found:
                self._found.append(GarmentFinder.load(self.settings.model, self.embedder))
            return self._found[0]

    def close(self):
        """Release the people file, so that another process may open it."""
        self.people.close()
