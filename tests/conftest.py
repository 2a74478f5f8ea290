"""Settings of all property tests."""

from hypothesis import HealthCheck, settings

# A busy machine must not fail a test: an example may take as long as it takes.
settings.register_profile(
    "calm", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("calm")
