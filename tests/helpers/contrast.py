"""Whether what an output shows is seen against what lies under it: text at 4.5 to 1, marks at 3 to 1, in any theme."""

# Exempt by design is the threshold's orange, 2.2 to 1 on white: it says keep_prob in every picture, and no orange that
# is told from the blue by everyone has more. So it must be at least 4 px thick, with its number or name beside it.
TEXT, MARK, THRESHOLD, THICK, BESIDE = 4.5, 3.0, "230,159,0", 4.0, 60

# Colours are blended from the page up through all that was painted before and lies under the place asked for. Text is
# asked for at its middle, a mark at its middle and along its outline: one of its colours must be seen at one place.
FAINT = """async ([output, least, orange, thick, beside]) => {
  const read = color => { const found = (color || '').match(/[\\d.]+/g)?.map(Number);
      return found && /^rgb/.test(color) ? [found.slice(0, 3), found[3] ?? 1] : null };
  const over = (top, ground) => top[0].map((part, n) => part * top[1] + ground[n] * (1 - top[1]));
  const light = color => [0.2126, 0.7152, 0.0722].reduce((sum, weight, n) => { const part = color[n] / 255;
      return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4) }, 0);
  const contrast = (one, other) => { const both = [light(one), light(other)].map(each => each + 0.05);
      return Math.max(...both) / Math.min(...both) };
  const ground = element => { const chain = [];
      for (let one = element; one; one = one.parentElement) chain.unshift(read(getComputedStyle(one).backgroundColor));
      return chain.filter(Boolean).reduce((below, top) => over(top, below), [255, 255, 255]) };
  const opacity = (element, kind) => { let share = +(getComputedStyle(element)[kind + 'Opacity'] ?? 1);
      for (let one = element; one && one.localName !== 'svg'; one = one.parentElement)
          share *= +getComputedStyle(one).opacity;
      return share };
  const paint = (element, kind) => { const found = read(getComputedStyle(element)[kind]);
      return found && [found[0], found[1] * opacity(element, kind)] };
  const inside = (element, x, y) => {
      const place = new DOMPoint(x, y).matrixTransform(element.getScreenCTM().inverse());
      return [element.isPointInFill(place), element.isPointInStroke(place)] };
  const seen = (element, x, y, shapes) => { let below = ground(element.ownerSVGElement);
      for (const shape of shapes) {
          if (shape === element || !(shape.compareDocumentPosition(element) & 4)) continue;
          const hit = inside(shape, x, y);
          ['fill', 'stroke'].forEach((kind, n) => { const top = hit[n] && paint(shape, kind);
              if (top) below = over(top, below) }) }
      return below };
  const words = element => (element.textContent || '').trim().slice(0, 40);
  const looks = element => `${element.localName} ${element.getAttribute('class') || ''} ${words(element)}`.trim();
  const found = [];
  const alike = mark => [mark.localName, mark.getAttribute('class'), mark.getAttribute('fill')].join();

  const picture = (svg, where) => {
      const shapes = [...svg.querySelectorAll('rect, circle, ellipse, line, path, polyline, polygon')].filter(one =>
          !one.closest('defs, clipPath, pattern') && getComputedStyle(one).visibility !== 'hidden');
      const labels = [...svg.querySelectorAll('text')].filter(one => words(one));
      for (const label of labels) {
          const box = label.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
          const below = seen(label, x, y, shapes), ink = paint(label, 'fill');
          const has = ink ? contrast(over(ink, below), below) : 1;
          if (has < least[0]) found.push(`${where}: text '${words(label)}' has ${has.toFixed(1)} to 1`) }
      const lost = {}, all = {};
      for (const mark of shapes) {
          all[alike(mark)] = (all[alike(mark)] || 0) + 1;
          const look = getComputedStyle(mark);
          // A translucent mark is a shade (a pixel, a band, one of many): its strength is a value, and may be 0.
          const kinds = mark.localName === 'line' ? ['stroke'] : ['fill', 'stroke'];  // a line has nothing to fill
          const inks = kinds.map(kind => paint(mark, kind)).filter(ink => ink?.[1] > 0)
              .map(ink => [ink[0], 1]);
          if (!inks.length) continue;
          const box = mark.getBoundingClientRect();
          if (mark.localName === 'rect' && Math.min(box.width, box.height) < 4) continue;  // a bar for 0 has no height
          const length = mark.getTotalLength(), turn = mark.getScreenCTM();
          const places = Array.from({ length: 24 }, (_, n) => mark.getPointAtLength((n + 0.5) / 24 * length));
          const at = places.map(place => place.matrixTransform(turn));
          const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
          if (look.fill !== 'none' && kinds.length > 1) at.unshift(middle);
          let has = 1;
          for (const { x, y } of at) {
              const below = seen(mark, x, y, shapes);
              has = Math.max(has, ...inks.map(ink => contrast(over(ink, below), below)));
              if (has >= least[1]) break }
          if (has >= least[1]) continue;
          const near = labels.some(label => { const other = label.getBoundingClientRect();
              return other.x < box.right + beside && box.x < other.right + beside
                  && other.y < box.bottom + beside && box.y < other.bottom + beside });
          const scale = Math.abs(turn.a), broad = Math.min(box.width, box.height);
          const bold = look.stroke !== 'none' ? parseFloat(look.strokeWidth) * scale : broad;
          const what = `${where}: ${looks(mark)} ${look.fill} ${look.stroke}`, is = `is ${bold.toFixed(1)} px`;
          if (!inks.some(ink => ink[0].join() === orange))
              (lost[alike(mark)] ??= []).push(`${what}: mark has ${has.toFixed(1)} to 1`);
          else if (bold < 0.95 * thick || !near) found.push(`${what}: orange ${is}, number: ${near}`) }
      // Of a cloud of dots one in ten may lie on another mark.
      for (const [kind, some] of Object.entries(lost))
          if (!kind.startsWith('circle') || some.length > all[kind] / 10) found.push(...some) };

  for (const svg of output.querySelectorAll('.widget-html svg')) picture(svg, 'live');
  for (const image of output.querySelectorAll('figure img')) {
      const page = document.body.appendChild(document.createElement('div'));
      // An image is a document of its own: no colour of the theme reaches it.
      page.style.cssText = `all:initial;position:fixed;left:0;top:0;width:${image.width}px;z-index:99999`;
      page.innerHTML = await (await fetch(image.src)).text();
      page.innerHTML = page.querySelector('svg').outerHTML;
      picture(page.querySelector('svg'), 'still');
      page.remove() }
  for (const line of output.querySelectorAll('p, figcaption, pre, label, button')) {
      if (!words(line) || !line.getClientRects().length) continue;
      const look = getComputedStyle(line), below = ground(line), has = contrast(over(read(look.color), below), below);
      if (has < least[0]) found.push(`${line.localName} '${words(line)}' has ${has.toFixed(1)} to 1`);
      const bar = read(look.borderLeftColor);
      if (parseFloat(look.borderLeftWidth) && line.localName === 'p') {
          const stands = contrast(over(bar, below), below), bold = parseFloat(look.borderLeftWidth);
          if (stands < least[1] && !(bar[0].join() === orange && bold >= thick))
              found.push(`the bar of '${words(line)}' has ${stands.toFixed(1)} to 1`) } }
  return found }"""


def faint(output):
    """List what in an output is hard to see: its live picture, its still, its sentence, its verdict."""
    return output.evaluate(f"output => ({FAINT})([output, {[TEXT, MARK]}, '{THRESHOLD}', {THICK}, {BESIDE}])")
