"""Re-performance in its parts: the manifest read, files compared with it, the work repeated."""
