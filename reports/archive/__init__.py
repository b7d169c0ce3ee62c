"""Closed portals come in: saved pages, tables and Word files become drafts of one unit.

`import_articles` and the page "Nhập kho bài cũ" share this room. It reads through `reports.intake`,
which does not know of it. Nothing here publishes.
"""
