"""What every test may ask for."""

from collections.abc import Iterator

import pytest
from hypothesis import settings as hypothesis_settings

from api.embedded.cluster import Cluster
from api.settings import Settings
from tests.cluster import migrated, settings_for, started_cluster

# The machine is shared and the database real: time is no verdict here.
hypothesis_settings.register_profile("touchstone", deadline=None, max_examples=50)
hypothesis_settings.load_profile("touchstone")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL with every migration applied, for the whole run."""
    cluster = started_cluster()
    try:
        yield migrated(cluster)
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def settings(cluster: Cluster) -> Settings:
    """The settings of the application under test: it connects as the application's role."""
    return settings_for(cluster)
