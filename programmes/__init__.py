"""WHERE, WHEN, BY WHOM, TO HOW MANY: schools, classes, plans, reported sessions and the figures made of them.

`Programme` and `Session`, what is taught, live in `curriculum`; here is what became of them.
"""
