"""Every call that Microsoft's pages document, one a file, written anew and made with the real clients.

A folder is a page, or one language's half of one; its `__init__.py` says as of which day. A file names the page and the
section (`PAGE`), and has one function: `call(world)`. What a page prints wrongly is a second file with `_as_printed` at
the end of its name: it says what is wrong (`DEFECT`) and that it fails as Azure fails.
"""
