"""The tests, as documents where sensible; see :mod:`tests.documents`."""
