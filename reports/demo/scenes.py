"""The demo's pictures by name: `bridge 1`, `market 3` … The same name gives the same picture."""

from random import Random

from . import scenes_indoors, scenes_village, scenes_water
from .drawing import Sheet

SCENES = {
    name: scene
    for room in (scenes_indoors, scenes_village, scenes_water)
    for name, scene in room.SCENES.items()
}
# The light of a scene's second, third … version, laid over the whole sheet.
LIGHTS = {2: "#ffefd8", 3: "#eaf2ff", 4: "#ffe3c4", 5: "#e3e6f7", 6: "#f3f7ea"}


def draw(name):
    """JPEG bytes (1600 × 1067) of a scene and its version, e.g. `bridge 2`."""
    scene, _, version = name.partition(" ")
    sheet = Sheet(Random(name))
    SCENES[scene](sheet, int(version))
    if light := LIGHTS.get(int(version)):
        sheet.tint(light)
    return sheet.jpeg()
