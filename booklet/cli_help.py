"""The examples that ``--help`` shows, by command; ``{prog}`` is what the person called."""

from __future__ import annotations

OVERVIEW = """\
Build accessible large-print PDF and EPUB booklets from the files in source/.

examples:
  {prog}                          build every booklet
  {prog} new my-booklet           begin a booklet
  {prog} check                    look for mistakes, build nothing
  {prog} preview                  see the pages while you write
  {prog} verify --full            prove the finished files
  {prog} build my-booklet         build one booklet
  {prog} build --edition epub     build the e-books only
  {prog} build --help             all that build can do
"""
BUILD = """\
examples:
  {prog} build
  {prog} build my-booklet --edition large --paper letter
  {prog} build --edition epub,large-a4 --clinic riverside
  {prog} build --clinic all            once for each clinic
  {prog} build my-booklet --impose     sheets to print on both sides and fold
  {prog} build --strict --format json
"""
CHECK = """\
examples:
  {prog} check
  {prog} check my-booklet --strict
  {prog} check --today 2030-01-01     will it need a review by then?
  {prog} check --online               do the links still work?
"""
LIST = """\
examples:
  {prog} list
  {prog} list --due              what must be reviewed and printed again soon
  {prog} list --due 365 --format json
"""
RULES = """\
A finding names its rule. This says why the rule is there, what it rests on, what to do, and shows a
source that breaks it beside one that is right.

examples:
  {prog} rules
  {prog} rules MD-020
  {prog} rules MD --format json
"""
WHICH = """\
A family has a booklet: which text is it? The code stands on the page "About this booklet", in its
QR code, too. The last part of it is enough.

examples:
  {prog} which stroke/1.0/10ddb28ce89a
  {prog} which 10ddb28ce89a --format json
"""
CACHE = """\
A build keeps what it made and makes nothing twice. The cache may be removed at any time: the next
build then makes all anew, with the same bytes.

examples:
  {prog} cache                       how much there is, and where
  {prog} cache prune                 remove what no build has used for 30 days
  {prog} cache prune --size 500      remove the oldest beyond 500 MB
  {prog} cache verify                read every entry, and remove what is damaged
"""
LOCK = """\
Run this after a disclaimer has been changed on purpose and the new words were approved.
A changed text needs a new version first.

examples:
  {prog} lock-disclaimer
  {prog} lock-disclaimer --format json
"""
PREVIEW = """\
Opens a browser with the printed pages, the e-book and the findings side by side. They follow each
file that you save. Nothing is written, and only this computer can see it.

examples:
  {prog} preview my-booklet
  {prog} preview my-booklet --edition giant-a4 --clinic riverside
  {prog} preview --port 9000 --no-open
"""
IMPORT = """\
Makes a draft in source/ and changes no booklet that is there. A draft cannot be built until a
person has finished it: the check command says what is left to do.

examples:
  {prog} import leaflet.docx
  {prog} import page.html --name after-a-stroke
  {prog} import old-leaflets/          a booklet of each file in the folder
"""
NEW = """\
Writes a whole booklet to change: every part that a booklet can have, with notes of what to write
where. On a terminal it asks a few questions; options answer them beforehand. Nothing that is there
is changed. In an empty folder it begins a catalogue, with a disclaimer and an example of a clinic.

examples:
  {prog} new my-booklet
  {prog} new my-booklet --title "After a stroke" --audience "Families" --yes
  {prog} new my-booklet --lang en-GB --reviewer "Stroke nurse" --yes
"""
VERIFY = """\
Opens each file as a stranger would and holds it to its source and to the standards. A report is
written beside each built file.

examples:
  {prog} verify                         every file in output/
  {prog} verify --full                  ask veraPDF, EPUBCheck, Ace and a browser too
  {prog} verify output/my-booklet/my-booklet_en-US_ebook.epub
  {prog} verify letter.pdf --format json
"""
CHECKLIST = """\
Some things only a person can judge, such as whether a description says what a picture shows. Print
the list, work through it, and keep it beside the booklet's source.

examples:
  {prog} checklist my-booklet
  {prog} checklist my-booklet --edition epub
  {prog} checklist my-booklet --write     as source/my-booklet/conformance.yaml
"""
WORKSHEET = """\
Writes PEMAT-P (AHRQ) and the Clear Communication Index (CDC) as web pages to fill in, on screen or
on paper. What can be counted is filled in; the rest needs a person who has read the booklet.

examples:
  {prog} worksheet my-booklet
  {prog} worksheet my-booklet --kind cci --out ~/worksheets
"""
DOCTOR = """\
examples:
  {prog} doctor
  {prog} doctor --format json
"""
CODES = """\
exit codes:
  0    all is well
  1    something must be put right, in source/ or in a file; the findings say what
  2    the command was not understood
  3    this computer cannot do it: disk, permissions, a missing part; or it failed
       at a booklet, and the others are built
  130  stopped with Ctrl-C
"""
