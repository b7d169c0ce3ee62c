"""Bridges, ferries, boats, lotus, salt, dunes, islands."""

import math

from .drawing import LEAF, LEAF_DARK, WIDTH, WOOD_DARK, mix


def bridge(sheet, version):
    """A new concrete bridge over a canal, people on it."""
    evening = version == 2
    sheet.sky("#f0c9a0" if evening else "#cfe3ea", "#f8ead0" if evening else "#e6efe8", 260)
    if evening:
        sheet.disc(690, 170, 42, "#f7d488")
    sheet.hills(270, 60, "#8aa07c" if evening else "#7fa079")
    sheet.hills(300, 30, "#66855f" if evening else "#5d8660", waves=2.2)
    for x, height in ((70, 250), (160, 180), (780, 260), (850, 190), (690, 150)):
        sheet.palm(x, 330, height)
    sheet.water(330, colour="#c9b796" if evening else "#8db3b5")
    rise = 60 if evening else 84

    def deck(x):
        return 356 - rise * math.sin(math.pi * max(0, min(1, x / WIDTH)))

    for x in (190, 330, 570, 710):
        sheet.rect(x - 13, deck(x), 26, 520 - deck(x), "#bdb8ad")
    top = [(x, deck(x)) for x in range(-10, WIDTH + 20, 10)]
    sheet.poly([*top, *[(x, y + 44) for x, y in reversed(top)]], "#a9a49a")
    sheet.poly([*top, *[(x, y + 30) for x, y in reversed(top)]], "#d9d5cc")
    people = (310, 362, 412, 458, 508, 560, 612) if not evening else (380, 470, 540)
    for index, x in enumerate(people):
        sheet.person(
            x, deck(x) + 4, 112 - 8 * (index % 3), hat=index % 3 == 1, skirt=index % 4 == 2
        )
    if evening:
        sheet.bicycle(300, deck(300) + 4, 84)
    for x in range(0, WIDTH + 1, 30):
        sheet.rect(x - 2, deck(x) - 34, 4, 36, "#f4f2ec")
    sheet.line([(x, y - 34) for x, y in top], "#f4f2ec", 6)
    sheet.boat(220 if not evening else 640, 536, 210)


def landing(sheet, version):
    """A ferry landing; the third version has the white hand-rail."""
    dawn = version == 4
    sheet.sky("#f2c8a6" if dawn else "#cfe3ea", "#fae9cf" if dawn else "#eef2e8", 270)
    if dawn:
        sheet.disc(240, 236, 44, "#f9dc94")
    sheet.hills(274, 30, "#7f9a80", waves=2)
    for x in range(30, WIDTH, 96):
        sheet.palm(x, 286, 70 + (x * 7) % 46)
    sheet.water(270, colour="#c4bfa6" if dawn else "#93b7bb")
    if dawn:
        _ferry(sheet, 500, 420, 380)
        sheet.boat(150, 520, 180)
        return
    if version == 2:
        _ferry(sheet, 330, 400, 300, load=True)
    else:
        _ferry(sheet, 280, 390, 330)
    sheet.poly([(560, 600), (470, 470), (620, 400), (900, 330), (900, 600)], "#a98f6c")
    sheet.poly([(600, 600), (496, 474), (600, 426), (760, 600)], "#cdc6ba")
    for step in range(6):
        sheet.line(
            [(508 + 20 * step, 480 + 22 * step), (612 + 26 * step, 436 + 28 * step)], "#b3ab9c", 3
        )
    sheet.palm(820, 420, 260)
    sheet.house(700, 420, 150)
    if version == 3:
        for dx, dy in ((0, 0), (108, -44)):
            rail = [(500 + dx, 424 + dy), (626 + dx * 1.4, 556 + dy)]
            sheet.line(rail, "#fbfaf6", 8)
            for post in range(5):
                t = post / 4
                x = rail[0][0] + (rail[1][0] - rail[0][0]) * t
                y = rail[0][1] + (rail[1][1] - rail[0][1]) * t
                sheet.rect(x - 3, y, 6, 52, "#fbfaf6")
        sheet.person(590, 560, 168, skirt=True, hat=True, hand=(566, 488))
    else:
        sheet.person(600, 540, 160, hat=True, hand=(646, 480))
        sheet.bicycle(680, 552, 110)
    sheet.person(770, 566, 176, skirt=True)


def _ferry(sheet, x, y, width, load=False):
    sheet.boat(x, y, width, "#3f5f78")
    sheet.rect(x - width * 0.36, y - width * 0.42, width * 0.72, 12, "#93191c", 4)
    for post in (-0.32, 0, 0.32):
        sheet.rect(x + post * width, y - width * 0.4, 5, width * 0.36, "#d9d5cc")
    if load:
        for index in range(9):
            sheet.sapling(x - width * 0.34 + index * width * 0.085, y - width * 0.04, 50)
        sheet.person(x + width * 0.1, y, width * 0.4, hat=True)
        return
    for index in range(5):
        sheet.person(
            x - width * 0.28 + index * width * 0.13, y - 4, width * 0.3, hat=index % 2 == 0
        )
    sheet.bicycle(x + width * 0.3, y - 2, width * 0.22)


def harbour(sheet, version):
    """Fishing boats at a quay."""
    evening = version == 2
    sheet.sky("#e9b48c" if evening else "#c5dfea", "#f7e3c4" if evening else "#eef3ee", 260)
    if evening:
        sheet.disc(450, 232, 50, "#f7d07c")
    sheet.hills(266, 90, "#8f8a90" if evening else "#7d9c9a")
    sheet.water(260, colour="#c49a7a" if evening else "#7fb0bd")
    hulls = ("#2f6d8f", "#a8383a", "#3f7a57", "#2f4f7f", "#b5642f")
    for index, (x, y, width) in enumerate(
        ((160, 340, 190), (430, 320, 160), (720, 350, 220), (270, 440, 290), (640, 470, 330))
    ):
        hull = hulls[(index + version) % 5]
        sheet.rect(x - width * 0.02, y - width * 0.62, width * 0.03, width * 0.56, WOOD_DARK)
        sheet.line([(x, y - width * 0.6), (x - width * 0.4, y - width * 0.1)], "#6b5644", 2)
        sheet.line([(x, y - width * 0.6), (x + width * 0.42, y - width * 0.1)], "#6b5644", 2)
        sheet.rect(x + width * 0.08, y - width * 0.24, width * 0.24, width * 0.22, "#f3ead8", 4)
        sheet.rect(x + width * 0.12, y - width * 0.2, width * 0.16, width * 0.08, "#8fb6c6", 2)
        sheet.boat(x, y, width, hull)
        sheet.disc(x - width * 0.38, y - width * 0.02, width * 0.025, "#fbfaf6")
    sheet.poly([(0, 540), (900, 520), (900, 600), (0, 600)], "#b8aa94")
    for index, x in enumerate((120, 190, 500, 800)):
        sheet.person(x, 590, 150, hat=index % 2 == 0)


def salt(sheet, version):
    """Salt pans with their white heaps."""
    evening = version == 2
    sheet.sky("#f0cda6" if evening else "#cfe3ef", "#f8ecd6" if evening else "#f2f5f1", 230)
    sheet.hills(236, 70, "#9a97a0" if evening else "#86a3a8")
    sheet.rect(0, 230, WIDTH, 370, "#8a7660")
    pan = "#e2c9a8" if evening else "#bcd6de"
    for row in range(5):
        y, height = 240 + 60 * row + 9 * row * row / 2, 44 + 12 * row
        width = 150 + 46 * row
        for column in range(-1, int(WIDTH / width) + 2):
            x = 450 + (column - 3) * (width + 12) + 60 * row
            sheet.poly(
                [
                    (x, y),
                    (x + width, y),
                    (x + width * 1.05, y + height),
                    (x - width * 0.05, y + height),
                ],
                mix(pan, "#ffffff", 0.12 * ((row + column) % 3)),
            )
    for x, y, size in (
        (150, 330, 34),
        (260, 318, 26),
        (680, 350, 40),
        (800, 322, 28),
        (470, 300, 22),
    ):
        sheet.poly([(x - size, y), (x, y - size * 0.95), (x + size, y)], "#fbfaf6")
        sheet.poly([(x, y - size * 0.95), (x + size, y), (x + size * 0.2, y)], "#dfe3e4")
    workers = (
        ((240, 520, 168), (380, 470, 140), (620, 530, 172), (740, 470, 138), (500, 430, 112))
        if evening
        else ((330, 500, 160),)
    )
    for index, (x, feet, height) in enumerate(workers):
        sheet.person(
            x,
            feet,
            height,
            hat=index % 2 == 0,
            hand=(x + height * 0.3, feet - height * 0.28),
            shirt="#5a7d5c" if index % 2 else None,
        )
        sheet.line(
            [(x + height * 0.3, feet - height * 0.3), (x + height * 0.52, feet)], WOOD_DARK, 4
        )


def lotus(sheet, version):
    """A lotus pond in the morning, people in a dug-out."""
    sheet.sky("#cfe6ef", "#fbeedd", 220)
    sheet.disc(720, 110, 36, "#fbe3a1")
    sheet.hills(224, 26, "#86a886", waves=3)
    for x, height in ((60, 130), (150, 96), (800, 140)):
        sheet.palm(x, 240, height)
    sheet.water(220, colour="#8fb9b4")
    rng = sheet.rng
    for row in range(9):
        y, size = 250 + 40 * row, 16 + 6 * row
        for _ in range(15 - row):
            x = rng.uniform(-20, WIDTH + 20)
            sheet.oval(
                x,
                y + rng.uniform(-10, 10),
                size * 1.3,
                size * 0.46,
                rng.choice((LEAF, LEAF_DARK, "#6aa36a", "#7fae6b")),
            )
            if rng.random() < 0.36:
                top = y - size * 1.5
                sheet.line([(x, y), (x, top)], "#5f8f57", 2.5)
                for dx in (-0.55, 0.55, 0):
                    sheet.oval(
                        x + dx * size * 0.55,
                        top - size * 0.28,
                        size * 0.3,
                        size * 0.5,
                        "#f3b3c4" if dx else "#e57f9f",
                    )
        if row == 5:
            sheet.person(420, 424, 170, hat=True, hand=(350, 380))
            sheet.person(560, 426, 160, hat=True, skirt=True, hand=(610, 400))
            sheet.boat(490, 430, 400)
            sheet.line([(350, 300), (330, 500)], "#8a6a47", 5)
    del version


def dunes(sheet, version):
    """A belt of casuarinas that holds the sand."""
    sheet.sky("#c5dfea", "#f3f3e6", 250)
    sheet.cloud(220, 90, 44)
    sheet.rect(0, 236, WIDTH, 40, "#7fb0bd")
    sheet.hills(330, 60, "#e6d2a4", waves=1.1)
    for x in range(-10, WIDTH + 30, 44):
        height = 150 + (x * 13) % 60
        sheet.rect(x - 4, 370 - height * 0.4, 8, height * 0.42, "#6b5644")
        for tier in range(4):
            width = 46 - 9 * tier
            y = 370 - height * (0.28 + 0.2 * tier)
            sheet.poly(
                [(x - width, y), (x, y - height * 0.3), (x + width, y)],
                LEAF_DARK if tier % 2 else LEAF,
            )
    sheet.hills(450, 50, "#efdfb8", waves=1.6)
    sheet.hills(540, 34, "#e2cb98", waves=2.3)
    for index, x in enumerate((300, 390, 620)):
        sheet.person(x, 500 + 16 * (index % 2), 130, hat=index != 1, hand=(x + 36, 440))
    del version


def island(sheet, version):
    """An island seen from the deck."""
    sheet.sky("#b9dbea", "#eef5f2", 300)
    sheet.cloud(200, 100, 52)
    sheet.cloud(640, 140, 40)
    sheet.poly(
        [
            (160, 310),
            *sheet.bend((160, 310), (360, 120), (520, 240)),
            *sheet.bend((520, 240), (640, 150), (800, 310)),
        ],
        "#5d8f6b",
    )
    sheet.poly([(220, 312), *sheet.bend((220, 312), (330, 230), (470, 290)), (700, 312)], "#79a878")
    sheet.rect(300, 304, 420, 8, "#efe0b8")
    for x in (340, 400, 560, 610, 660):
        sheet.house(x, 308, 34)
    sheet.water(310, colour="#5fa3b8")
    _ferry(sheet, 620, 450, 300)
    sheet.boat(200, 420, 110, "#a8383a")
    sheet.poly([(0, 560), (900, 530), (900, 600), (0, 600)], "#e9e4d8")
    sheet.line([(0, 520), (900, 490)], "#fbfaf6", 7)
    for x in range(40, WIDTH, 110):
        sheet.rect(x, 518 - x / 30, 6, 50, "#fbfaf6")
    del version


SCENES = {
    "bridge": bridge,
    "landing": landing,
    "harbour": harbour,
    "salt": salt,
    "lotus": lotus,
    "dunes": dunes,
    "island": island,
}
