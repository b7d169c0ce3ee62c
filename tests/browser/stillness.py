"""How much of a page moves while it arrives, and how to let a part of it come late."""

# The sum of all layout shifts, from the first moment on: a script to run before the page's own.
MOVES = (
    "window.moved = 0; window.watch = new PerformanceObserver(list => list.getEntries().forEach("
    "e => { if (!e.hadRecentInput) moved += e.value; }));"
    "watch.observe({type: 'layout-shift', buffered: true})"
)
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
# Two frames after the last letter and photo have come, all that moved was drawn and told.
ALL_IS_THERE = """async () => {
  void document.body.offsetHeight;
  await document.fonts.ready;
  await Promise.all([...document.images].filter(image => image.loading !== 'lazy')
    .map(image => image.decode().catch(() => {})));
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  await new Promise(done => setTimeout(done));
  return moved;
}"""


def come_late(tab, which):
    """Files of this kind reach the page when somebody has seen it without them, not before."""

    def late(route):
        tab.wait_for_function(PAINTED)
        route.continue_()

    tab.route(which, late)


def moved(tab):
    """The share of the window that moved until everything was there; needs `MOVES`."""
    return tab.evaluate(ALL_IS_THERE)
