"""Hamlets, markets, fields, flower roads, temples."""

from .drawing import HEIGHT, LEAF, LEAF_DARK, LEAF_LIGHT, SHIRTS, WIDTH, WOOD, WOOD_DARK, mix

PETALS = ("#d9487b", "#e98a3c", "#f0c23c", "#b9509b", "#f4f0e8", "#e5584a")


def flowers(sheet, version):
    """A village road with flowers on both sides, running to the horizon."""
    sheet.sky("#cfe6ef", "#f2f1dc", 270)
    sheet.disc(700 if version == 1 else 160, 92, 36, "#fbe3a1")
    sheet.cloud(300, 96, 38)
    sheet.hills(276, 40, "#8fb083")
    sheet.rect(0, 272, WIDTH, 328, "#8fb36f")
    for x, height in ((60, 190), (150, 130), (780, 200), (850, 140), (690, 110)):
        sheet.palm(x, 306, height)
    sheet.house(210, 312, 120)
    sheet.poly([(430, 272), (470, 272), (700, 600), (200, 600)], "#cfc4b4")
    rng = sheet.rng
    for step in range(34):
        depth = (step / 33) ** 1.7
        y = 276 + 322 * depth
        size = 3 + 22 * depth
        for side in (-1, 1):
            edge = 450 + side * (24 + 250 * depth)
            sheet.bush(
                edge + side * size * 0.9,
                y + size * 0.6,
                size * 1.5,
                LEAF if step % 2 else LEAF_DARK,
            )
            for _ in range(5):
                sheet.disc(
                    edge + side * size * rng.uniform(-0.4, 2.3),
                    y - size * rng.uniform(0.1, 1.1),
                    size * 0.24,
                    rng.choice(PETALS),
                )
    if version == 1:
        sheet.bicycle(462, 500, 120)
        sheet.person(462, 474, 150, skirt=True, hat=True, hand=(502, 408))
    else:
        sheet.person(400, 530, 178, shirt="#3d6ea1", hat=True, hand=(340, 470))
        sheet.rect(322, 462, 24, 26, "#5f7f8a", 4)
        sheet.person(505, 505, 150, hand=(560, 446))


def hamlet(sheet, version):
    """A lane between houses."""
    night = version == 5
    if night:
        sheet.sky("#232f4a", "#4d5573", 300)
        for x, y in ((90, 60), (260, 100), (470, 50), (640, 110), (810, 70)):
            sheet.disc(x, y, 2.2, "#f5efce")
    else:
        sheet.sky("#cfe3ea", "#eff2e6", 300)
        sheet.cloud(620 - 90 * version, 90, 40)
    shade = 0.45 if night else 0
    ground = mix("#a3b37d", "#1d2940", shade)
    sheet.hills(300, 46, mix("#7fa079", "#1d2940", shade))
    sheet.rect(0, 296, WIDTH, 304, ground)
    roofs = ("#a8563f", "#7d5a4a", "#8c4a3f", "#5f7f8a")
    walls = ("#e7dcc5", "#dfe3d6", "#efe0cf", "#e2d6bd")
    for index, (x, base, width) in enumerate(
        ((30, 380, 200), (660, 384, 210), (250, 344, 120), (540, 340, 110))
    ):
        sheet.house(
            x,
            base,
            width,
            wall=mix(walls[(index + version) % 4], "#1d2940", shade),
            roof=mix(roofs[(index + version) % 4], "#1d2940", shade),
        )
        if night:
            for wx in (0.12, 0.7):
                sheet.rect(
                    x + width * wx, base - width * 0.33, width * 0.18, width * 0.15, "#ffe08a"
                )
    for x, height in ((240, 200), (520, 180), (880, 220)):
        sheet.palm(x, 392, height)
    sheet.poly(
        [(420, 316), (480, 316), (690, 600), (210, 600)], mix("#cdc6ba", "#1d2940", shade * 0.7)
    )
    if version == 2:
        for x in (110, 190):
            sheet.person(x, 284, 96, hat=True)
        sheet.line([(268, 396), (226, 262)], WOOD_DARK, 5)
        sheet.line([(292, 396), (250, 262)], WOOD_DARK, 5)
        for rung in range(6):
            sheet.line(
                [(264 - 7 * rung, 384 - 22 * rung), (288 - 7 * rung, 384 - 22 * rung)], WOOD_DARK, 4
            )
        sheet.person(350, 540, 190, hand=(300, 430), hat=True)
        sheet.person(560, 556, 200, hand=(500, 450))
        sheet.rect(430, 440, 90, 12, "#9aa7ad")
    elif version == 3:
        sheet.rect(130, 356, 190, 130, "#f7f5f1", 4)
        sheet.rect(130, 356, 190, 26, "#93191c", 4)
        for row in range(4):
            sheet.rect(146, 394 + 21 * row, 120 - 14 * (row % 2), 8, "#8d8780", 2)
            sheet.disc(302, 398 + 21 * row, 7, "#5a7d5c" if row < 2 else "#d8b25c")
        for post in (148, 292):
            sheet.rect(post, 486, 10, 70, WOOD_DARK)
        sheet.bicycle(470, 560, 140)
        sheet.person(470, 528, 178, hat=True, hand=(515, 458))
    elif version == 4:
        sheet.rect(120, 380, 120, 170, WOOD, 4)
        for row in range(4):
            sheet.rect(130, 392 + 40 * row, 100, 32, "#3f2e22")
            for book in range(7):
                sheet.rect(
                    133 + 14 * book,
                    396 + 40 * row + 4 * (book % 2),
                    11,
                    28 - 4 * (book % 2),
                    SHIRTS[(book * 2 + row) % 12],
                )
        sheet.person(310, 560, 190, hand=(244, 450))
        sheet.person(390, 566, 140, hand=(330, 480))
        sheet.bicycle(610, 566, 150)
    elif night:
        for index, x in enumerate((330, 410, 490)):
            sheet.person(x, 548 - 8 * index, 196, hand=(x + 50, 470) if index == 1 else None)
        sheet.poly([(470, 466), (640, 400), (640, 520)], "#c9bd8a")
    else:
        sheet.bicycle(400, 520, 130)
        sheet.person(400, 490, 166, hat=True, hand=(444, 424))
        sheet.person(520, 452, 120, skirt=True)
        sheet.person(556, 456, 84)


def market(sheet, version):
    """Stalls: under a roof, in the open, or on boats."""
    if version == 2:
        sheet.sky("#f4d9b8", "#f8ecd2", 250)
        sheet.hills(252, 34, "#7f9a7c")
        sheet.water(250, colour="#a9bfae")
        for index, (x, y, width) in enumerate(
            ((170, 360, 240), (520, 330, 200), (760, 400, 260), (330, 500, 330), (690, 548, 300))
        ):
            sheet.person(x - width * 0.18, y + 4, width * 0.42, hat=True)
            sheet.boat(x, y, width)
            for heap in range(5):
                sheet.bush(
                    x - width * 0.04 + heap * width * 0.09,
                    y - width * 0.03,
                    width * 0.06,
                    PETALS[(heap + index) % 6] if index % 2 else (LEAF, "#e98a3c")[heap % 2],
                )
        return
    if version == 4:
        sheet.sky("#cfe3ea", "#eff2e6", 280)
        sheet.hills(282, 90, "#7fa079")
        sheet.tree(110, 350, 280)
        sheet.rect(0, 330, WIDTH, 270, "#d9cbb0")
    else:
        sheet.rect(0, 0, WIDTH, HEIGHT, "#dfe4e0")
        for beam in range(6):
            sheet.poly([(450, 20), (150 * beam, 130), (150 * beam + 40, 130)], "#b9c2c0")
        sheet.rect(0, 126, WIDTH, 18, "#8f9a9a")
        for post in (150, 450, 750):
            sheet.rect(post - 10, 140, 20, 250, "#a9b1ae")
        sheet.rect(0, 380, WIDTH, 220, "#cdbfa8")
    goods = ("#4f8a54", "#e98a3c", "#d9487b", "#f0c23c", "#7fae6b", "#b5643c", "#8b5fa0", "#e5584a")
    for row in range(2):
        y, scale = 372 + 112 * row, 1 + 0.3 * row
        for stall in range(4 - row):
            x = 40 + stall * 218 * scale - 26 * row
            if row == 0:
                for stripe in range(6):
                    sheet.poly(
                        [
                            (x + 30 * stripe, 236),
                            (x + 30 * stripe + 30, 236),
                            (x + 32 * stripe + 30, 276),
                            (x + 32 * stripe, 276),
                        ],
                        "#93191c" if stripe % 2 else "#f3ead8",
                    )
            sheet.bust(x + 90 * scale, y - 14, 36 * scale)
            sheet.rect(x, y, 184 * scale, 20, WOOD, 3)
            sheet.rect(x + 6, y + 20, 172 * scale, 48 * scale, WOOD_DARK)
            for heap in range(5):
                sheet.bush(
                    x + (24 + 34 * heap) * scale,
                    y + 4,
                    15 * scale,
                    goods[(heap + stall + 3 * row + version) % 8],
                )
    sheet.person(200, 590, 236, hat=version == 4, skirt=True, hand=(262, 470))
    sheet.person(700, 592, 226, hand=(640, 474))


def night(sheet, version):
    """People meeting in a yard in the evening, under a string of lamps."""
    sheet.sky("#1d2842", "#55587a", 330)
    for _ in range(24):
        sheet.disc(sheet.rng.uniform(0, WIDTH), sheet.rng.uniform(10, 200), 1.6, "#f5efce")
    sheet.hills(330, 50, "#2c3c44")
    if version == 2:
        sheet.rect(0, 120, WIDTH, 22, "#6f7a86")
        for post in (110, 330, 570, 790):
            sheet.rect(post, 140, 18, 260, "#59626d")
    else:
        sheet.house(290, 372, 320, wall="#c8ad82", roof="#6e3f36")
        sheet.rect(330, 268, 52, 44, "#ffe08a")
        sheet.rect(514, 268, 52, 44, "#ffe08a")
        sheet.palm(120, 400, 260)
        sheet.palm(820, 396, 230)
    sheet.rect(0, 372, WIDTH, 228, "#6f5c4c")
    sheet.oval(450, 500, 420, 100, "#8a7158")
    sheet.lamps(90, 34, 9)
    sheet.lamps(50, 22, 7)
    if version == 3:
        for width, y in ((150, 470), (230, 510), (320, 556)):
            sheet.line([(450 - width / 2, y), (450 + width / 2, y)], "#f4f0e8", 4)
        sheet.line([(375, 470), (290, 556)], "#f4f0e8", 4)
        sheet.line([(525, 470), (610, 556)], "#f4f0e8", 4)
        for index, x in enumerate((170, 240, 310, 600, 670, 740)):
            sheet.person(x, 520 + 14 * (index % 3), 168, hat=False, skirt=index % 3 == 0)
        sheet.person(450, 512, 150, hand=(500, 500))
    else:
        for index in range(9):
            sheet.bust(90 + 90 * index, 430, 32)
        sheet.person(450, 470, 160, hand=(500, 400), shirt="#f1efe8")
        for index in range(6):
            sheet.bust(60 + 156 * index, 560, 50, back=True)


def field(sheet, version):
    """Rice to the horizon, a dyke, sometimes people."""
    sheet.sky("#cfe6ef", "#f4f2dd", 250)
    sheet.cloud(200 + 120 * version, 90, 42)
    sheet.cloud(80 + 170 * version, 140, 28)
    sheet.hills(256, 22, "#86a886", waves=3)
    green = ("#9cc06a", "#8fbb66", "#b9c168", "#86b56a")[version % 4]
    sheet.rect(0, 250, WIDTH, 350, green)
    for row in range(14):
        y = 262 + 24 * row * (0.55 + row / 22)
        sheet.rect(0, y, WIDTH, 2 + row * 0.6, mix(green, "#4f7a3f", 0.28))
    sheet.poly([(520, 250), (548, 250), (900, 520), (900, 600), (760, 600)], "#cbb48a")
    if version in (3, 4):
        sheet.poly([(330, 250), (352, 250), (230, 600), (-40, 600), (-40, 560)], "#8fb6bd")
    for x, height in ((60, 120), (140, 90), (420, 84), (700, 110), (850, 130)):
        sheet.tree(x, 262, height, LEAF if x % 3 else LEAF_LIGHT)
    if version == 1:
        sheet.rect(560, 380, 90, 90, "#bdb8ad", 6)
        sheet.rect(550, 366, 110, 20, "#a9a49a", 5)
        sheet.rect(578, 404, 54, 24, "#f7f5f1", 3)
        sheet.person(500, 500, 180, hat=True, hand=(556, 400))
    elif version == 4:
        sheet.rect(200, 350, 150, 26, "#a9a49a", 4)
        for gate in range(3):
            sheet.rect(210 + 50 * gate, 376, 26, 60, "#7b8a8c")
        sheet.person(280, 352, 130, hat=True, hand=(322, 300))
    else:
        for x, feet, height in ((250, 470, 120), (350, 500, 132), (640, 440, 104)):
            sheet.person(x, feet, height, hat=True)


def planting(sheet, version):
    """Planting on a mud bank, or measuring an old tree in town."""
    if version == 2:
        sheet.sky("#d6e6ea", "#f0efe2", 400)
        for x, width in ((-20, 230), (210, 190), (640, 180), (800, 200)):
            sheet.rect(x, 190 + (x % 3) * 14, width, 220, ("#e6d9bf", "#d9ded2", "#ead7c5")[x % 3])
            for window in range(3):
                sheet.rect(x + width * (0.12 + 0.3 * window), 240, width * 0.17, 46, "#9fbcc6", 2)
        sheet.rect(0, 400, WIDTH, 200, "#c9c2b4")
        sheet.rect(410, 90, 92, 420, "#6f5846")
        for dx, dy, r in (
            (-190, 90, 110),
            (-70, 40, 130),
            (80, 36, 140),
            (210, 96, 110),
            (0, 130, 120),
        ):
            sheet.disc(456 + dx, dy, r, LEAF if dx % 4 else LEAF_DARK)
        for index, x in enumerate((240, 344, 572, 676)):
            reach = {344: (420, 440), 572: (490, 440)}.get(x)
            sheet.person(x, 558, 206, hand=reach, skirt=index % 2 == 0)
        sheet.rect(404, 436, 104, 9, "#d8b25c")
        return
    sheet.sky("#cfe3ea", "#eef2e4", 240)
    sheet.hills(246, 40, "#7fa079")
    sheet.water(240, 380, "#9abec0")
    for x, height in ((50, 170), (140, 130), (760, 180), (850, 150)):
        sheet.palm(x, 262, height)
    sheet.poly([(0, 372), (300, 352), (640, 366), (900, 348), (900, 600), (0, 600)], "#8d7358")
    for row in range(4):
        for column in range(12):
            sheet.sapling(30 + 76 * column + 20 * row, 420 + 46 * row, 26 + 7 * row)
    for index, x in enumerate((110, 250, 380, 520, 660, 790)):
        sheet.person(
            x,
            470 + 18 * (index % 3),
            158,
            hat=index % 2 == 0,
            hand=(x + 34, 432 + 18 * (index % 3)),
            shirt="#3d6ea1" if index % 3 else None,
        )


def pagoda(sheet, version):
    """A Khmer temple with its curved gables, and its yard."""
    dusk = version == 2
    sheet.sky("#56608a" if dusk else "#cfe3ea", "#f0b98c" if dusk else "#f3f0dc", 330)
    sheet.hills(332, 110, "#5d6b74" if dusk else "#8aa98b")
    sheet.rect(0, 420, WIDTH, 180, "#b99c74" if dusk else "#dbc7a0")
    for step in range(4):
        sheet.rect(
            230 - 18 * step,
            404 + 12 * step,
            440 + 36 * step,
            14,
            mix("#f0e4cc", "#b79a6a", 0.14 * step),
        )
    sheet.rect(262, 290, 376, 116, "#f3e2bd")
    for post in range(7):
        sheet.rect(272 + 58 * post, 290, 12, 116, "#d8a94e")
    sheet.rect(424, 320, 52, 86, "#8a4a2a", 4)
    for tier, (width, top, height) in enumerate(((470, 216, 78), (350, 158, 74), (230, 104, 70))):
        roof = ("#c9642f", "#d57b36", "#c9642f")[tier]
        left, right = 450 - width / 2, 450 + width / 2
        sheet.poly(
            [
                *sheet.bend(
                    (left - 26, top + height),
                    (left + width * 0.3, top + height * 0.72),
                    (450, top - 20),
                ),
                *sheet.bend(
                    (450, top - 20),
                    (right - width * 0.3, top + height * 0.72),
                    (right + 26, top + height),
                ),
            ],
            roof,
        )
        sheet.rect(left - 20, top + height - 6, width + 40, 8, "#e2c27a")
        for side, x in ((-1, left - 26), (1, right + 26)):
            sheet.line(
                sheet.bend(
                    (x, top + height),
                    (x + side * 20, top + height - 6),
                    (x + side * 22, top + height - 34),
                    8,
                ),
                "#e2c27a",
                5,
            )
    sheet.line([(450, 88), (450, 30)], "#e2c27a", 6)
    for x, height in ((90, 330), (190, 260), (720, 270), (820, 330)):
        _sugar_palm(sheet, x, 432, height)
    if dusk:
        sheet.lamps(330, 24, 10)
        for index in range(8):
            sheet.bust(90 + 104 * index, 560, 40, back=True)
        sheet.person(450, 520, 130, skirt=True)
    else:
        for index, x in enumerate((180, 260, 330, 560, 640, 720)):
            sheet.person(x, 540 + 12 * (index % 2), 118, shirt="#f4f2ec", skirt=index % 2 == 0)


def _sugar_palm(sheet, x, base, height):
    sheet.rect(x - height * 0.02, base - height, height * 0.04, height, "#5f5146")
    for dx, dy, r in ((-0.11, -0.02, 0.1), (0.11, -0.02, 0.1), (0, -0.09, 0.12), (0, 0.04, 0.1)):
        sheet.disc(
            x + dx * height, base - height + dy * height, r * height, LEAF_DARK if dy < 0 else LEAF
        )


SCENES = {
    "flowers": flowers,
    "hamlet": hamlet,
    "market": market,
    "night": night,
    "field": field,
    "planting": planting,
    "pagoda": pagoda,
}
