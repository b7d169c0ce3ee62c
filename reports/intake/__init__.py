"""The reader: a Word file, pasted text or an old page comes in, an `Article` goes out.

`reader.read_article` is the door. It stores nothing and never guesses: what the page does not say
stays empty, and each suggestion carries the line it was read from, for a person to confirm.
"""
