"""Capital and small letters of Vietnamese, to stand inside `[...]` of a pattern.

A range such as `À-Ỹ` is a trap: there capitals and small letters take turns.
"""

_LATIN = [*map(chr, range(0x41, 0x250)), *map(chr, range(0x1E00, 0x1F00))]
UPPER = "".join(letter for letter in _LATIN if letter.isupper())
LOWER = "".join(letter for letter in _LATIN if letter.islower())
