from pathlib import Path

import pytest

from fashflix.engine import Engine
from fashflix.errors import SettingsError
from fashflix.settings import Settings, load_settings


def test_the_environment_wins_over_secrets_and_secrets_over_defaults():
    settings = load_settings({"learner": "other", "upload_megabytes": 5}, {"FASHFLIX_LEARNER": "ema", "FASHFLIX_CATALOGUE": "mine"})
    assert (settings.learner, settings.upload_megabytes, settings.catalogue) == ("ema", 5, Path("mine"))
    assert settings.model == Settings().model


def test_a_value_that_does_not_fit_names_itself():
    with pytest.raises(SettingsError, match="FASHFLIX_UPLOAD_MEGABYTES must be of type int, not 'lots'"):
        load_settings(environ={"FASHFLIX_UPLOAD_MEGABYTES": "lots"})


def test_an_unknown_learner_is_refused_before_anything_is_opened():
    with pytest.raises(SettingsError, match="must be one of kernel, ema"):
        Engine.open(Settings(learner="magic"))
