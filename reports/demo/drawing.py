"""A small paint box for the demo's pictures: flat shapes on a 900 × 600 sheet, and what recurs.

Everything is drawn at twice its final size and reduced once, which is all the smoothing it needs.
"""

import io
import math

from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 900, 600
FINAL = (1600, 1067)
SCALE = 2 * FINAL[0] / WIDTH

SKIN = ("#c99a74", "#b98661", "#d7ab86")
HAIR = ("#2c2522", "#3a302b", "#8d8780")
SHIRTS = (
    "#3d6ea1", "#a8484a", "#e8e2d2", "#5a7d5c", "#d8b25c", "#8fa9c4", "#c98f86", "#6f8aa3",
    "#f1efe8", "#7b6a94", "#b9c7a8", "#d98e4a",
)  # fmt: skip
TROUSERS = ("#3a3f4a", "#4c4239", "#2f4150")
STRAW = "#e9d9ae"
LEAF, LEAF_DARK, LEAF_LIGHT = "#4f8a54", "#3a6b45", "#7fae6b"
WOOD, WOOD_DARK = "#8a5f3c", "#5b4636"


class Sheet:
    """A sheet of 900 × 600; `rng` makes two sheets of one scene differ."""

    def __init__(self, rng, ground="#ffffff"):
        self.rng = rng
        size = (round(WIDTH * SCALE), round(HEIGHT * SCALE))
        self.image = Image.new("RGB", size, ground)
        self.pen = ImageDraw.Draw(self.image)

    # --- shapes ------------------------------------------------------------------------------

    def rect(self, x, y, width, height, fill, radius=0):
        box = [v * SCALE for v in (x, y, x + width, y + height)]
        if radius:
            self.pen.rounded_rectangle(box, radius * SCALE, fill=fill)
        else:
            self.pen.rectangle(box, fill=fill)

    def poly(self, points, fill):
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def oval(self, x, y, rx, ry, fill):
        self.pen.ellipse([v * SCALE for v in (x - rx, y - ry, x + rx, y + ry)], fill=fill)

    def disc(self, x, y, radius, fill):
        self.oval(x, y, radius, radius, fill)

    def half_disc(self, x, y, radius, fill, start=180, end=360):
        box = [v * SCALE for v in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.pieslice(box, start, end, fill=fill)

    def line(self, points, fill, width=2):
        dots = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(dots, fill=fill, width=round(width * SCALE), joint="curve")

    def limb(self, points, fill, width):
        """A line with round ends."""
        self.line(points, fill, width)
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, fill)

    def bend(self, start, over, end, steps=24):
        """The points of a curve from `start` to `end`, pulled towards `over`."""
        points = []
        for step in range(steps + 1):
            t = step / steps
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            points.append(
                (
                    a * start[0] + b * over[0] + c * end[0],
                    a * start[1] + b * over[1] + c * end[1],
                )
            )
        return points

    # --- land, water, sky ---------------------------------------------------------------------

    def sky(self, top, low, horizon=300, bands=26):
        for band in range(bands):
            y = horizon * band / bands
            self.rect(0, y, WIDTH, horizon / bands + 1, mix(top, low, band / (bands - 1)))

    def hills(self, y, height, fill, waves=1.4, down_to=HEIGHT):
        shift = self.rng.random() * 6
        ridge = [
            (x, y - height * (0.5 + 0.5 * math.sin(shift + x / WIDTH * waves * 2 * math.pi)))
            for x in range(-10, WIDTH + 20, 10)
        ]
        self.poly([*ridge, (WIDTH + 10, down_to), (-10, down_to)], fill)

    def water(self, y, down_to=HEIGHT, colour="#8db3b5"):
        self.rect(0, y, WIDTH, down_to - y, colour)
        rows = 4
        for row in range(1, rows + 1):
            top = y + (down_to - y) * row / (rows + 1)
            self._ripples(top, down_to, mix(colour, "#46707c", 0.13 * row))

    def _ripples(self, top, down_to, fill):
        shift = self.rng.random() * 6
        edge = [(x, top + 5 * math.sin(shift + x / 62)) for x in range(-10, WIDTH + 20, 10)]
        self.poly([*edge, (WIDTH + 10, down_to), (-10, down_to)], fill)

    def cloud(self, x, y, size, fill="#f4f7f6"):
        for dx, dy, r in (
            (-1, 0.15, 0.55),
            (-0.35, -0.2, 0.75),
            (0.45, -0.05, 0.65),
            (1, 0.2, 0.5),
        ):
            self.disc(x + dx * size, y + dy * size, r * size, fill)
        self.rect(x - 1.4 * size, y + 0.15 * size, 2.8 * size, 0.55 * size, fill, 0.25 * size)

    # --- plants -------------------------------------------------------------------------------

    def palm(self, x, base, height):
        top = (x + self.rng.uniform(-0.16, 0.16) * height, base - height)
        self.line(
            self.bend((x, base), (x + height * 0.05, base - height / 2), top),
            "#75604d",
            height * 0.05,
        )
        reach = height * 0.42
        for turn in (-165, -140, -112, -68, -40, -15, 8, 172):
            angle = math.radians(turn + self.rng.uniform(-6, 6))
            tip = (
                top[0] + reach * math.cos(angle),
                top[1] + reach * 0.62 * math.sin(angle) + reach * 0.3,
            )
            over = (
                top[0] + reach * 0.6 * math.cos(angle),
                top[1] + reach * 0.75 * math.sin(angle) - reach * 0.16,
            )
            under = (over[0], over[1] + reach * 0.2)
            leaf = self.bend(top, over, tip, 10) + self.bend(tip, under, top, 10)
            self.poly(leaf, LEAF_DARK if turn % 2 else LEAF)

    def tree(self, x, base, height, crown=LEAF):
        self.rect(x - height * 0.035, base - height * 0.5, height * 0.07, height * 0.5, "#6b5644")
        dark = mix(crown, "#1f3a2a", 0.25)
        for dx, dy, r, fill in (
            (-0.2, 0.55, 0.22, dark),
            (0.2, 0.57, 0.21, dark),
            (0, 0.72, 0.28, crown),
            (-0.1, 0.6, 0.2, crown),
        ):
            self.disc(x + dx * height, base - dy * height, r * height, fill)

    def bush(self, x, base, size, fill=LEAF):
        for dx, r in ((-0.7, 0.5), (0, 0.75), (0.7, 0.55)):
            self.disc(x + dx * size, base - r * size * 0.55, r * size, fill)

    def sapling(self, x, base, height):
        self.line([(x, base), (x, base - height)], "#6b5644", 2.2)
        for side in (-1, 1):
            for level in (0.55, 0.8, 1):
                tip = (x + side * height * 0.34, base - height * (level + 0.12))
                self.poly(
                    self.bend(
                        (x, base - height * level),
                        (x + side * height * 0.1, base - height * (level + 0.24)),
                        tip,
                        6,
                    )
                    + self.bend(
                        tip,
                        (x + side * height * 0.22, base - height * (level - 0.06)),
                        (x, base - height * level),
                        6,
                    ),
                    LEAF,
                )

    # --- people -------------------------------------------------------------------------------

    def person(self, x, feet, height, *, shirt=None, hat=False, hand=None, skirt=False, back=False):
        """Somebody standing; `hand` is where a hand reaches to."""
        h, rng = height, self.rng
        shirt = shirt or rng.choice(SHIRTS)
        skin, trousers = rng.choice(SKIN), rng.choice(TROUSERS)
        hip, shoulder = feet - h * 0.46, feet - h * 0.78
        for side in (-1, 1):
            self.limb(
                [(x + side * h * 0.05, hip), (x + side * h * 0.06, feet - h * 0.02)],
                skin if skirt else trousers,
                h * 0.085,
            )
        if skirt:
            self.poly(
                [
                    (x - h * 0.1, hip),
                    (x + h * 0.1, hip),
                    (x + h * 0.15, feet - h * 0.1),
                    (x - h * 0.15, feet - h * 0.1),
                ],
                trousers,
            )
        self.poly(
            [
                (x - h * 0.13, shoulder),
                (x + h * 0.13, shoulder),
                (x + h * 0.105, hip + h * 0.02),
                (x - h * 0.105, hip + h * 0.02),
            ],
            shirt,
        )
        self.oval(x, shoulder + h * 0.01, h * 0.13, h * 0.05, shirt)
        sleeve = mix(shirt, "#000000", 0.1)
        for side in (-1, 1):
            reach = (
                hand if hand and (hand[0] - x) * side > 0 else (x + side * h * 0.17, hip + h * 0.02)
            )
            elbow = (
                (x + side * h * 0.14 + reach[0]) / 2 + side * h * 0.02,
                (shoulder + reach[1]) / 2 + h * 0.02,
            )
            self.limb([(x + side * h * 0.115, shoulder + h * 0.03), elbow], sleeve, h * 0.07)
            self.limb([elbow, reach], skin, h * 0.05)
        self.head(x, shoulder - h * 0.1, h * 0.09, skin=skin, hat=hat, back=back)

    def head(self, x, y, radius, *, skin=None, hat=False, back=False):
        skin, hair = skin or self.rng.choice(SKIN), self.rng.choice((*HAIR, HAIR[0]))
        self.rect(x - radius * 0.35, y + radius * 0.5, radius * 0.7, radius, skin)
        self.disc(x, y, radius, hair if back else skin)
        if hat:
            self.poly(
                [
                    (x - radius * 2.1, y - radius * 0.1),
                    (x, y - radius * 1.7),
                    (x + radius * 2.1, y - radius * 0.1),
                ],
                STRAW,
            )
            self.oval(x, y - radius * 0.1, radius * 2.1, radius * 0.32, mix(STRAW, "#8a7440", 0.25))
        elif not back:
            self.half_disc(x, y - radius * 0.12, radius * 1.08, hair)

    def bust(self, x, base, size, *, shirt=None, back=False):
        """Head and shoulders: somebody behind a table, or in the audience seen from behind."""
        shirt = shirt or self.rng.choice(SHIRTS)
        self.half_disc(x, base, size, shirt)
        self.rect(x - size, base - 1, size * 2, size * 0.55, shirt)
        self.head(x, base - size * 1.32, size * 0.5, back=back)

    def crowd(self, top, rows=3):
        """An audience seen from behind, row on row towards the reader."""
        for row in range(rows):
            size = 26 + 15 * row
            y = top + row * (52 + 14 * row)
            step = size * 2.25
            x = self.rng.uniform(-step / 2, 0)
            while x < WIDTH + step:
                if self.rng.random() < 0.93:
                    self.bust(x, y, size, back=True)
                x += step * self.rng.uniform(0.97, 1.05)

    # --- things -------------------------------------------------------------------------------

    def house(self, x, base, width, *, wall="#e7dcc5", roof="#a8563f"):
        height, eave = width * 0.5, width * 0.1
        self.rect(x, base - height, width, height, wall)
        self.poly(
            [
                (x - eave, base - height),
                (x + width * 0.5, base - height * 1.75),
                (x + width + eave, base - height),
            ],
            roof,
        )
        self.rect(x + width * 0.42, base - height * 0.68, width * 0.18, height * 0.68, WOOD)
        for wx in (0.12, 0.7):
            self.rect(x + width * wx, base - height * 0.66, width * 0.18, height * 0.3, "#9fc0cc")

    def boat(self, x, y, width, hull=WOOD_DARK):
        deck = self.bend(
            (x - width / 2, y - width * 0.09),
            (x, y + width * 0.05),
            (x + width / 2, y - width * 0.09),
        )
        keel = self.bend(
            (x + width * 0.4, y + width * 0.09),
            (x, y + width * 0.13),
            (x - width * 0.4, y + width * 0.09),
        )
        self.poly([*deck, *keel], hull)
        self.line(deck, mix(hull, "#ffffff", 0.35), width * 0.02)

    def bicycle(self, x, base, size, frame="#2f4150"):
        for dx in (-0.5, 0.5):
            self.pen.ellipse(
                [
                    v * SCALE
                    for v in (
                        x + dx * size - size * 0.26,
                        base - size * 0.52,
                        x + dx * size + size * 0.26,
                        base,
                    )
                ],
                outline="#2c2522",
                width=round(size * 0.05 * SCALE),
            )
        for a, b in (
            ((-0.5, -0.26), (-0.12, -0.66)),
            ((-0.12, -0.66), (0.32, -0.66)),
            ((0.5, -0.26), (0.28, -0.8)),
            ((-0.5, -0.26), (0.02, -0.26)),
            ((0.02, -0.26), (0.32, -0.66)),
            ((0.2, -0.84), (0.36, -0.78)),
        ):
            self.line(
                [(x + a[0] * size, base + a[1] * size), (x + b[0] * size, base + b[1] * size)],
                frame,
                size * 0.05,
            )

    def table(self, x, y, width, height=14, cloth="#efe8dc", legs=46):
        self.rect(x, y, width, height, cloth, 3)
        for lx in (x + width * 0.06, x + width * 0.9):
            self.rect(lx, y + height, width * 0.03, legs, WOOD_DARK)

    def lamps(self, y, sag=26, count=9, colour="#ffe9a8"):
        rope = self.bend((-10, y), (WIDTH / 2, y + 2 * sag), (WIDTH + 10, y), count + 1)
        self.line(rope, "#4a4338", 1.6)
        for x, dot in rope[1:-1]:
            self.disc(x, dot + 9, 8, colour)

    # --- light and the end ----------------------------------------------------------------------

    def tint(self, colour):
        """Lay a coloured light over what is drawn so far: dusk, dawn, night."""
        self.image = ImageChops.multiply(self.image, Image.new("RGB", self.image.size, colour))
        self.pen = ImageDraw.Draw(self.image)

    def jpeg(self):
        out = io.BytesIO()
        self.image.resize(FINAL, Image.Resampling.BOX).save(out, "JPEG", quality=92)
        return out.getvalue()


def mix(one, other, share):
    """The colour `share` of the way from `one` to `other`."""
    a, b = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (one, other))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in zip(a, b, strict=True))
