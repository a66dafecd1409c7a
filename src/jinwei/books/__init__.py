"""Spreadsheets as people keep them: opened safely, understood, checked cell by cell.

The portable data set (:mod:`jinwei.datasets`) is strict; a book is not. A book is opened
(``files``), its heading and its foot are found (``layout``), its columns are named (``headings``),
its cells are read (``cells``), and what each row says comes out as drafts of fact rows with what
is wrong at which cell (``reading``). Nothing here knows a database.
"""
