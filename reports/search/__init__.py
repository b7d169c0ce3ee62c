"""Search: one index row a report, the same words on both databases (docs/decisions/0009).

`lexemes` says what a row holds, `index` writes it, `query` reads what somebody typed, `finding`
answers.
"""
