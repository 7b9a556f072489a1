"""Everything a process opens once: model, catalogue, index, recommender, people."""

from dataclasses import dataclass

from fashflix.catalogue import Catalogue
from fashflix.confidence import Confidence
from fashflix.embedder import Embedder
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

    def close(self):
        """Release the people file, so that another process may open it."""
        self.people.close()
