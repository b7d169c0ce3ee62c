"""How a test waits: for a condition, never for a time. A busy machine is slow, not broken."""

import time

# What has not come by now, in seconds, does not come.
MOST = 60
MOST_MS = MOST * 1000

SETTLED = """() => {
  if (document.readyState !== 'complete') return false;
  void document.body.offsetHeight;  // letters are asked for when they are laid out
  const editors = window.CKEDITOR ? Object.values(CKEDITOR.instances) : [];
  return document.fonts.status === 'loaded'
    && editors.every(editor => editor.status === 'ready')
    && [...document.images].every(image => image.complete || image.loading === 'lazy')
    && document.getAnimations().every(each => each.playState !== 'running');
}"""
EDITOR_IS_READY = (
    "() => window.CKEDITOR && CKEDITOR.instances.id_body"
    " && CKEDITOR.instances.id_body.status === 'ready'"
)


def settle(tab):
    """Wait until a page stands still: letters, photos and editors are there, nothing slides or fades."""
    tab.wait_for_function(SETTLED)


def until(condition, tab):
    """Wait until `condition()`, something outside the page, is true; the browser goes on meanwhile."""
    deadline = time.monotonic() + MOST
    while not condition():
        assert time.monotonic() < deadline, "this did not come about"
        tab.wait_for_timeout(50)
