"""What a page in a browser can be asked: for broken rules, and for the way of the keyboard."""

import itertools
import json

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another ground can break in a page that holds to all rules on the first one.
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]

THINGS_TO_REACH = (
    "a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]"
)
# Elements in the order of the page; of some radio buttons with one name the chosen or first.
REACHABLE = (
    "() => { const seen = {}; window.reachable = [...document.querySelectorAll('"
    + THINGS_TO_REACH
    + """')].filter(each => {
      if (each.disabled || each.tabIndex < 0) return false;
      if (!each.checkVisibility({ visibilityProperty: true })) return false;
      if (each.type !== 'radio') return true;
      const group = [...each.form.elements[each.name]];
      return each === (group.find(other => other.checked) || group[0]);
    });
    if (!window.places) addEventListener('keyup', event => {
      if (event.key === 'Tab') places.push(whereItStands());
    });
    window.places = [];
    return reachable.length; }"""
)
PLACE = """() => {
  const at = document.activeElement, faults = [];
  if (!at || at === document.body) return null;
  // A file field is shown by the button that stands for it.
  const shown = at.matches('.file-pick input') ? at.nextElementSibling : at;
  const rects = [...shown.getClientRects()], box = shown.getBoundingClientRect(), style = getComputedStyle(shown);
  const number = window.reachable.indexOf(at);
  const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    && !/, 0\\)$/.test(style.outlineColor);
  if (!drawn) faults.push('no outline');
  const seen = rects.some(r => r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth
    && r.width > 1 && r.height > 1);
  if (!seen) faults.push('out of sight');
  const covered = rects.every(r => [.1, .5, .9].every(part => {
    const x = Math.min(Math.max(r.left + r.width / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(r.top + r.height * part, 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return !top || !(shown.contains(top) || top.contains(shown) || (at.labels && [...at.labels].some(l => l.contains(top))));
  }));
  if (seen && covered) faults.push('covered');
  const ring = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth);
  for (let up = at.parentElement; up && up !== document.body; up = up.parentElement) {
    if (getComputedStyle(up).overflowX === 'visible' && getComputedStyle(up).overflowY === 'visible') continue;
    const edge = up.getBoundingClientRect();
    const lost = [box.left - ring < edge.left - 1, box.right + ring > edge.right + 1,
      box.top - ring < edge.top - 1, box.bottom + ring > edge.bottom + 1].filter(Boolean).length;
    if (lost > 1) faults.push('ring cut off by ' + up.tagName + '.' + up.className);
  }
  const scrolls = at.scrollWidth > at.clientWidth || at.scrollHeight > at.clientHeight;
  const words = (at.textContent || at.name || at.id).trim().replace(/\\s+/g, ' ').slice(0, 40);
  return { number, faults, scrolls, name: at.tagName.toLowerCase() + ' ' + words,
    left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY };
}"""


def broken_rules(tab, only=None, within=None):
    """(rule, where) of every violation on a page, or `within` one part of it; `only` some rules, else
    all of WCAG 2.2 AA and good practice.
    """
    chosen = {"type": "rule", "values": only} if only else {"type": "tag", "values": RULES}
    # What stands in a frame is the editor's, where nobody would answer axe; no rule of ours needs what it would load.
    options = json.dumps(
        {"runOnly": chosen, "resultTypes": ["violations"], "iframes": False, "preload": False}
    )
    where = json.dumps(within) if within else "document"
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(Axe().axe_script)
    return [
        tuple(found)
        for found in tab.evaluate(
            f"axe.run({where}, {options}).then(all => all.violations.flatMap("
            "rule => rule.nodes.map(node => [rule.id, node.target.join(' ')])))"
        )
    ]


def way_of_the_keyboard(tab):
    """What is wrong with the way from the top of a page to its end, Tab by Tab."""
    tab.evaluate(f"window.whereItStands = {PLACE}")
    total, faults, places = tab.evaluate(REACHABLE), [], []
    # Some more, for parts that scroll and therefore take the keyboard, too.
    for presses in [total, *[1] * 8]:
        for _ in range(presses):
            tab.keyboard.press("Tab")
        noted = tab.evaluate("places")
        places = list(
            itertools.takewhile(
                lambda each: each[1] is not None and (each[0] == 0 or each[1]["number"] != 0),
                enumerate(noted),
            )
        )
        if len(places) < len(noted):
            break
    else:
        faults.append("does not end")
    places = [place for _, place in places]
    for place in places:
        faults += [f"{fault}: {place['name']}" for fault in place["faults"]]
        if place["number"] < 0 and not place["scrolls"]:
            faults.append(f"not to be reached: {place['name']}")
    places = [place for place in places if place["number"] >= 0]
    if [place["number"] for place in places] != list(range(total)):
        missed = sorted(set(range(total)) - {place["number"] for place in places})
        names = tab.evaluate(
            "missed => missed.map(number => reachable[number].outerHTML.slice(0, 80))", missed
        )
        faults.append(f"not in order, or missed: {names or [p['number'] for p in places]}")
    for before, after in itertools.pairwise(places):
        one_column = after["left"] < before["right"] - 1 and before["left"] < after["right"] - 1
        if one_column and after["bottom"] <= before["top"] + 1:
            faults.append(f"upwards from {before['name']} to {after['name']}")
    return faults
