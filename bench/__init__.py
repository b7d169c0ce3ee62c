"""Stopwatches: run by hand, on a quiet machine; nothing here is a test. See docs/performance.md."""
