/* One page of an e-book as the browser laid it out in, plain measures out; nothing is judged here.
   Called with { what, css }: `css` is put on as a reader's own style for as long as it is asked. */
async ({ what, css }) => {
  const LONGEST = 60, MOST = 20;
  const SLACK = 1;          // CSS pixels by which rounding may move a box
  const HIDDEN_BOX = 2;     // a box as small as this hides its words from the eye on purpose
  const FOCUSABLE = "a[href], area[href], button, input, select, textarea, summary, [tabindex]";

  const wear = style => {
    const id = "readers-own-style";
    document.getElementById(id)?.remove();
    if (!style) return;
    const sheet = document.createElementNS("http://www.w3.org/1999/xhtml", "style");
    sheet.id = id;
    sheet.textContent = style;
    (document.head || document.documentElement).append(sheet);
  };
  const short = text => text.trim().replace(/\s+/g, " ").slice(0, LONGEST);
  const say = element => `${element.localName}: ${short(element.textContent || element.alt || "")}`;
  const visible = element => element.checkVisibility({ visibilityProperty: true });
  const up = function* (element) { for (let e = element; e; e = e.parentElement) yield e };
  const tucked = element => [...up(element)].some(e => {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    return style.position === "absolute" && box.width <= HIDDEN_BOX && box.height <= HIDDEN_BOX
      && (style.overflow !== "visible" || style.clipPath !== "none" || style.clip !== "auto");
  });

  const texts = () => {
    const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode, element = node.parentElement;
      if (node.data.trim() && visible(element)) found.push({ node, element });
    }
    return found;
  };
  const linesOf = found => {
    const range = document.createRange(), lines = [];
    for (const { node, element } of found) {
      range.selectNodeContents(node);
      for (const box of range.getClientRects())
        if (box.width > 0 && box.height > 0) lines.push({ box, node, element });
    }
    return lines;
  };

  /* --------------------------------------------------- does everything fit and show? */

  const root = document.documentElement;
  const clips = value => value === "hidden" || value === "clip";
  const isOutside = (box, frame, style) =>
    clips(style.overflowX) && (box.right > frame.right + SLACK || box.left < frame.left - SLACK)
    || clips(style.overflowY) && (box.bottom > frame.bottom + SLACK || box.top < frame.top - SLACK);
  const cut = ({ box, element }) => {
    if (box.left + scrollX < -SLACK || box.right + scrollX > root.scrollWidth + SLACK
      || box.top + scrollY < -SLACK) return true;
    return [...up(element)].some(e => e !== root && e !== document.body
      && isOutside(box, e.getBoundingClientRect(), getComputedStyle(e)));
  };
  const cutPage = () => clips(getComputedStyle(root).overflowY)
    && root.scrollHeight > root.clientHeight + SLACK;
  const overlaps = lines => {
    const sorted = [...lines].sort((a, b) => a.box.top - b.box.top), found = [];
    sorted.forEach((one, i) => {
      for (let j = i + 1; j < sorted.length && sorted[j].box.top < one.box.bottom; j++) {
        const a = one.box, b = sorted[j].box;
        const high = Math.min(a.bottom, b.bottom) - b.top;
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        if (wide > 2 && high > Math.min(a.height, b.height) / 2)
          found.push(`${short(one.node.data)} | ${short(sorted[j].node.data)}`);
      }
    });
    return found;
  };
  const tooWide = () => [...document.body.querySelectorAll("*")].filter(e => {
    const box = e.getBoundingClientRect();
    return visible(e) && (box.right > root.clientWidth + SLACK || box.left < -SLACK)
      && ![...e.children].some(c => c.getBoundingClientRect().right >= box.right);
  });
  const scrollers = () => [...document.body.querySelectorAll("*")].filter(e =>
    ["auto", "scroll"].includes(getComputedStyle(e).overflowX)
    && e.scrollWidth > e.clientWidth + SLACK);
  const layout = () => {
    const all = texts(), lines = linesOf(all.filter(({ element }) => !tucked(element)));
    const over = Math.max(0, root.scrollWidth - root.clientWidth);
    return {
      over,
      wide: [...(over ? tooWide() : []), ...scrollers()].slice(0, MOST).map(say),
      cut: [...(cutPage() ? [document.body] : []),
        ...new Set(lines.filter(cut).map(line => line.element))].slice(0, MOST).map(say),
      covering: overlaps(lines).slice(0, MOST),
      letters: all.reduce((sum, { node }) => sum + node.data.replace(/\s/g, "").length, 0),
    };
  };

  /* ------------------------------------------------------------ do the words stand out? */

  const pen = Object.assign(document.createElementNS("http://www.w3.org/1999/xhtml", "canvas"),
    { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const colour = text => {  // any CSS colour -> red, green, blue, each 0-255, and alpha, 0-1
    if (!known.has(text)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = text;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      known.set(text, [r, g, b, a / 255]);
    }
    return known.get(text);
  };
  const over = ([r, g, b, a], below) =>
    [r, g, b].map((value, i) => value * a + below[i] * (1 - a)).concat(1);
  const light = rgb => {  // relative luminance, WCAG 2.2
    const [r, g, b] = rgb.slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [x, y] = [light(a), light(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };
  const opacity = element => [...up(element)].reduce((o, e) => o * +getComputedStyle(e).opacity, 1);
  const isPicture = e => ["img", "svg", "canvas", "video", "object"].includes(e.localName)
    || getComputedStyle(e).backgroundImage !== "none";
  const paint = (text, element) => {
    const [r, g, b, a] = colour(text);
    return [r, g, b, a * opacity(element)];
  };
  const bare = () => {  // the colour of the page where nothing is painted, as the reader chose
    const probe = document.createElementNS("http://www.w3.org/1999/xhtml", "div");
    probe.style.backgroundColor = "Canvas";
    document.body.append(probe);
    const found = colour(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return found;
  };
  const layers = line => {  // what is painted at the middle of a line, topmost first
    const top = line.top - scrollY + line.height / 2;
    if (top < 1 || top > innerHeight - 1) scrollTo(0, line.top + line.height / 2 - innerHeight / 2);
    const hit = document.elementsFromPoint(
      line.left + line.width / 2, line.top - scrollY + line.height / 2);
    const place = hit.indexOf(line.element);
    if (place < 0) return { above: [], below: [...up(line.element)] };
    const below = hit.slice(place);
    return {
      above: hit.slice(0, place).filter(e => !line.element.contains(e)),
      below: [...below, ...[document.body, root].filter(e => !below.includes(e))],
    };
  };
  const background = (below, page) => {
    const coats = [];
    for (const e of below) {
      if (isPicture(e)) return null;
      coats.push(paint(getComputedStyle(e).backgroundColor, e));
      if (coats.at(-1)[3] > 0.999) break;
    }
    return coats.reverse().reduce((done, coat) => over(coat, done), page);
  };
  const hides = e => isPicture(e) || paint(getComputedStyle(e).backgroundColor, e)[3] > 0.5;
  const written = () => {  // every line of words, and what styles write before and after elements
    const lines = linesOf(texts().filter(({ element }) => !tucked(element))).map(
      ({ box, node, element }) => ({ box, element, words: node.data, part: null }));
    for (const element of document.body.querySelectorAll("*"))
      for (const part of ["::before", "::after"]) {
        const words = getComputedStyle(element, part).content;
        if (!/^"[^"]*\w/.test(words) || !visible(element) || tucked(element)) continue;
        lines.push({ box: element.getBoundingClientRect(), element, words, part });
      }
    return lines.map(({ box, element, words, part }) => ({
      element, words, part, left: box.left, top: box.top + scrollY,
      width: box.width, height: Math.min(box.height, innerHeight / 2),
    }));
  };
  const contrast = () => {
    const page = bare(), measured = [], pictured = new Set(), covered = new Set();
    const lines = written();
    for (const line of lines) {
      const { above, below } = layers(line);
      if (above.some(hides)) covered.add(short(line.words));
      const behind = background(below, page);
      if (!behind) { pictured.add(short(line.words)); continue }
      const style = getComputedStyle(line.element, line.part);
      const isDrawn = line.element instanceof SVGElement;
      const ink = over(paint(isDrawn ? style.fill : style.color, line.element), behind);
      measured.push([ratio(ink, behind), short(line.words)]);
    }
    scrollTo(0, 0);
    measured.sort((a, b) => a[0] - b[0]);
    return {
      lines: lines.length,
      lowest: measured.slice(0, MOST),
      pictured: [...pictured].slice(0, MOST),
      covered: [...covered].slice(0, MOST),
    };
  };

  /* --------------------------------------------- pictures, language, the way of the keyboard */

  const loads = picture => picture.decode().then(() => true, () => false);
  const page = async () => ({
    broken: Boolean(document.querySelector("parsererror")) || !document.body,
    language: root.getAttribute("lang") || root.getAttribute("xml:lang") || "",
    pictures: await Promise.all([...document.images].map(async picture =>
      [picture.getAttribute("src") || "", await loads(picture)])),
  });
  const look = element => {
    const style = getComputedStyle(element);
    return [style.outline, style.boxShadow, style.border, style.background, style.color,
      style.textDecoration].join();
  };
  const stops = () => [...document.querySelectorAll(FOCUSABLE)]
    .filter(e => visible(e) && !e.disabled && (e.matches("a[href]") || e.tabIndex >= 0));
  const way = () => stops().map(e => [short(e.textContent || e.id), look(e)]);
  const focus = () => {
    const element = document.activeElement, place = stops().indexOf(element);
    return [place, place < 0 ? say(element || root) : look(element)];
  };

  if (css !== undefined) wear(css);
  return { layout, contrast, page, way, focus }[what]();
}
