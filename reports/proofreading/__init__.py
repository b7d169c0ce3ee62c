"""Biên tập viên thứ hai: reads a text before it is sent, and says what is wrong and how to mend it.

`checking.check` gives findings, `heeding` remembers which reminders somebody has read, `mending`
does a cure with one click. The rules lie in `rules/`, the words they know in `words.toml`.
"""
