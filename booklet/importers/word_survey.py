"""The tree of a Word file enters; it leaves with nothing in it that Mammoth would lose unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from booklet.importers.ledger import Ledger
from booklet.importers.word_styles import Styles, ns_of, switched

_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
DECORATIVE = "booklet-decorative"
LONGEST_HEADING = 100


class Survey:
    """Goes through one Word file, part by part."""

    def __init__(self, ledger: Ledger, styles: Styles) -> None:
        self.ledger = ledger
        self.styles = styles
        self.inserted = 0
        self.deleted = 0
        self.formulas = 0

    def document(self, root: etree._Element) -> None:
        """Make the main text ready; headings that are only large letters become headings."""
        w = ns_of(root)
        self._contents(root, w)
        self._common(root, w)
        self._boxes(root, w)
        self._styled(root, w)
        _guess_headings(root, w, self.styles)

    def notes(self, root: etree._Element) -> None:
        """Make notes ready."""
        w = ns_of(root)
        self._common(root, w)
        self._boxes(root, w)

    def beside(self, root: etree._Element | None, what: str) -> None:
        """Tell of words that stand beside the text, such as comments and headers."""
        if root is None:
            return
        groups = [root]
        if what == "comment":
            groups = [child for child in root if isinstance(child.tag, str)]
        for group in groups:
            words = _texts(group)
            if words and not any(d.what == what and d.words == words for d in self.ledger.dropped):
                self.ledger.drop(what, words)

    def finish(self) -> None:
        """Tell what a person must decide about the whole."""
        if self.inserted or self.deleted:
            self.ledger.decide(
                f"The file had tracked changes. They were accepted: words put in {self.inserted} "
                f"times were kept, words taken out {self.deleted} times left out. Is that right?"
            )
        if self.formulas:
            self.ledger.decide(
                f"Formulas ({self.formulas}) were made plain words. Compare each with the original."
            )

    # --------------------------------------------------------------- what is everywhere

    def _common(self, root: etree._Element, w: str) -> None:
        for element in list(root.iter(f"{_MC}AlternateContent")):
            _choose(element)
        for element in list(root.iter(f"{w}fldSimple", f"{w}dir", f"{w}bdo", f"{w}rubyBase")):
            _unwrap(element)
        for element in list(root.iter(f"{w}ruby")):
            _unwrap(element)
        for element in list(root.iter(f"{w}rt")):
            self.ledger.drop("reading help above words", _texts(element))
            _remove(element)
        self._changes(root, w)
        self._formulas(root, w)
        for element in list(root.iter(f"{w}ptab")):
            element.tag = f"{w}tab"
        for element in list(root.iter(f"{w}cr")):
            element.tag = f"{w}br"
        for run in list(root.iter(f"{w}r")):
            if switched(run.find(f"{w}rPr"), f"{w}vanish"):
                self.ledger.drop("hidden text", _texts(run))
                _remove(run)
        for element in list(root.iter(_DECORATIVE)):
            self._decorative(element)
        etree.strip_elements(root, f"{w}proofErr", f"{w}lastRenderedPageBreak", with_tail=False)

    def _changes(self, root: etree._Element, w: str) -> None:
        for element in root.iter(f"{w}ins"):
            self.inserted += bool(_texts(element))
        for element in list(root.iter(f"{w}del")):
            words = "".join(text.text or "" for text in element.iter(f"{w}delText"))
            if words.strip():
                self.deleted += 1
                self.ledger.drop("words deleted by a tracked change", words)

    def _formulas(self, root: etree._Element, w: str) -> None:
        for formula in list(root.iter(f"{{{_MATH}}}oMath")):
            words = "".join(text.text or "" for text in formula.iter(f"{{{_MATH}}}t"))
            run = etree.Element(f"{w}r")
            etree.SubElement(run, f"{w}t").text = f" {words} "
            self.formulas += 1
            _replace(formula, [run])
        for outer in list(root.iter(f"{{{_MATH}}}oMathPara")):
            _unwrap(outer)

    def _decorative(self, element: etree._Element) -> None:
        if element.get("val") not in ("1", "true"):
            return
        for outer in element.iterancestors():
            if etree.QName(outer).localname == "docPr":
                outer.set("descr", DECORATIVE)
                return

    # ------------------------------------------------------------------ in the main text

    def _contents(self, root: etree._Element, w: str) -> None:
        """Leave out the contents that Word made: the booklet makes its own."""
        for block in list(root.iter(f"{w}sdt")):
            gallery = block.find(f"{w}sdtPr/{w}docPartObj/{w}docPartGallery")
            if gallery is not None and (gallery.get(f"{w}val") or "") == "Table of Contents":
                self.ledger.drop("contents made by Word", _texts(block))
                _remove(block)
        for para in list(root.iter(f"{w}p")):
            if self.styles.is_contents(_style(para, w)):
                self.ledger.drop("contents made by Word", _texts(para))
                _remove(para)

    def _boxes(self, root: etree._Element, w: str) -> None:
        """Put the text of boxes behind the paragraph that they hang on."""
        for box in list(root.iter(f"{w}txbxContent")):
            host = next((up for up in box.iterancestors() if up.tag == f"{w}p"), None)
            outermost = host
            while outermost is not None:
                above = next((up for up in outermost.iterancestors() if up.tag == f"{w}p"), None)
                if above is None:
                    break
                outermost = above
            if outermost is None or not _texts(box):
                continue
            for child in reversed(list(box)):
                if child.tag == f"{w}p" and not _style(child, w):
                    _set_style(child, w, "BookletBox")
                outermost.addnext(child)
            self.ledger.changed["text boxes put below the paragraph they hung on"] += 1

    def _styled(self, root: etree._Element, w: str) -> None:
        for para in root.iter(f"{w}p"):
            outline = para.find(f"{w}pPr/{w}outlineLvl")
            level = "" if outline is None else (outline.get(f"{w}val") or "")
            role = self.styles.role(_style(para, w))
            if not role and level in tuple("012345678"):
                role = f"BookletHeading{min(6, int(level) + 1)}"
            if role and _texts(para):
                _set_style(para, w, role)


# -------------------------------------------------------------------- headings by their looks


def _guess_headings(root: etree._Element, w: str, styles: Styles) -> None:
    """Give short paragraphs in larger letters than the text a heading's style, by size."""
    found: list[tuple[int, etree._Element]] = []
    sizes: Counter[int] = Counter()
    has_real = False
    for para in root.iter(f"{w}p"):
        text, size, bold = _looks(para, w, styles)
        sizes[size] += len(text)
        has_real = has_real or _style(para, w).startswith("BookletHeading")
        if _may_be_heading(para, text, w):
            found.append((size + bold, para))
    usual = sizes.most_common(1)[0][0] if sizes else 0
    larger = [(size, para) for size, para in found if size > usual + 1]
    ranks = sorted({size for size, _ in larger}, reverse=True)
    for size, para in larger:
        # Beside real headings a guess is never above them.
        level = min(6, ranks.index(size) + 1 + has_real)
        _set_style(para, w, f"BookletGuess{level}")


def _looks(para: etree._Element, w: str, styles: Styles) -> tuple[str, int, int]:
    """Return a paragraph's words, the size of its smallest letters, and 1 if all are bold."""
    style = _style(para, w)
    texts: list[str] = []
    sizes: list[int] = []
    bolds: list[bool] = []
    for run in para.iter(f"{w}r"):
        text = "".join(part.text or "" for part in run.iter(f"{w}t"))
        if not text.strip():
            continue
        properties = run.find(f"{w}rPr")
        size = None if properties is None else properties.find(f"{w}sz")
        value = "" if size is None else (size.get(f"{w}val") or "")
        texts.append(text)
        sizes.append(int(value) if value.isdecimal() else styles.size_of(style))
        bold = switched(properties, f"{w}b")
        bolds.append(styles.is_bold(style) if bold is None else bold)
    return "".join(texts), min(sizes, default=0), int(bool(bolds) and all(bolds))


def _may_be_heading(para: etree._Element, text: str, w: str) -> bool:
    text = text.strip()
    if not text or len(text) > LONGEST_HEADING or text[-1] in ".,;:":
        return False
    if _style(para, w).startswith("Booklet") or para.find(f"{w}pPr/{w}numPr") is not None:
        return False
    return not any(up.tag in (f"{w}tc", f"{w}txbxContent") for up in para.iterancestors())


# --------------------------------------------------------------------------- small tools


def _style(para: etree._Element, w: str) -> str:
    style = para.find(f"{w}pPr/{w}pStyle")
    return "" if style is None else (style.get(f"{w}val") or "")


def _set_style(para: etree._Element, w: str, name: str) -> None:
    properties = para.find(f"{w}pPr")
    if properties is None:
        properties = etree.Element(f"{w}pPr")
        para.insert(0, properties)
    style = properties.find(f"{w}pStyle")
    if style is None:
        style = etree.Element(f"{w}pStyle")
        properties.insert(0, style)
    style.set(f"{w}val", name)


def _texts(element: etree._Element) -> str:
    """Return the words inside, with a space between paragraphs."""
    return " ".join(" ".join(_pieces(element)).split())


def _pieces(element: etree._Element) -> Iterator[str]:
    words: list[str] = []
    parts: Iterator[Any] = element.iter()
    for part in parts:
        if not isinstance(part.tag, str):
            continue
        name = etree.QName(part).localname
        if name == "p" and words:
            yield "".join(words)
            words = []
        elif name in ("tab", "br"):
            words.append(" ")
        elif name in ("t", "v") and part.text:
            words.append(part.text)
    yield "".join(words)


def _choose(element: etree._Element) -> None:
    """Keep the newer form of a drawing when it has a picture or words, else the older one."""
    choice = element.find(f"{_MC}Choice")
    spare = element.find(f"{_MC}Fallback")
    rich = choice is not None and any(
        isinstance(part.tag, str) and etree.QName(part).localname in ("blip", "txbxContent")
        for part in choice.iter()
    )
    chosen = choice if rich or spare is None else spare
    _replace(element, [] if chosen is None else list(chosen))


def _replace(element: etree._Element, others: list[etree._Element]) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, other in enumerate(others):
        parent.insert(at + offset, other)
    parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    _replace(element, list(element))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
