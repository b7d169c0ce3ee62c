"""Meetings, classrooms, counters, kitchens."""

from .drawing import HEIGHT, LEAF, SHIRTS, TROUSERS, WIDTH, WOOD, WOOD_DARK, mix

WALLS = ("#e9dfcf", "#e3e2d6", "#ece0d3", "#dfe5e2", "#eadfd9", "#e6e4da")
CURTAINS = ("#7f2a2a", "#2f5663", "#84512c", "#7f2a2a", "#39584a", "#6b2f45")


def _room(sheet, version, floor="#c7b296", floor_y=340):
    sheet.rect(0, 0, WIDTH, HEIGHT, WALLS[version % len(WALLS)])
    sheet.rect(0, 0, WIDTH, 54, mix(WALLS[version % len(WALLS)], "#8a7a5f", 0.18))
    sheet.rect(0, floor_y, WIDTH, HEIGHT - floor_y, floor)


def hall(sheet, version):
    """A conference: stage, speaker, audience from behind."""
    _room(sheet, version)
    curtain = CURTAINS[version % len(CURTAINS)]
    left = 110 + 14 * (version % 3)
    width = WIDTH - 2 * left
    sheet.rect(left, 64, width, 236, curtain)
    for fold in range(12):
        sheet.rect(left + width * fold / 12, 64, width / 30, 236, mix(curtain, "#ffffff", 0.08))
    for row, share in enumerate((0.52, 0.4, 0.28)):
        sheet.rect(
            WIDTH / 2 - width * share / 2,
            112 + 32 * row,
            width * share,
            18 - 4 * row,
            "#f0dcae" if row == 0 else "#f3e9d6",
            3,
        )
    sheet.rect(left - 34, 296, width + 68, 48, "#a07c58")
    if version % 2:
        for seat in range(4):
            sheet.bust(268 + 92 * seat, 268, 33, shirt=SHIRTS[(version + 2 * seat) % len(SHIRTS)])
        sheet.table(222, 264, 372, 60, mix("#efe8dc", curtain, 0.06), 0)
    else:
        for seat in range(6):
            sheet.person(206 + 84 * seat, 318, 128, skirt=seat % 3 == 1)
    sheet.person(706, 312, 132, shirt="#f4f2ec")
    sheet.rect(672, 250, 70, 88, WOOD)
    sheet.rect(664, 244, 86, 10, mix(WOOD, "#ffffff", 0.2))
    for pot in (left - 4, WIDTH - left + 4):
        sheet.bush(pot, 318, 26, LEAF)
        sheet.rect(pot - 12, 312, 24, 30, "#b5643c", 3)
    sheet.crowd(412)


def online(sheet, version):
    """A conference by wire: a wall of windows, a room that listens."""
    _room(sheet, version, floor_y=380)
    sheet.rect(170, 60, 560, 270, "#22303a", 8)
    for row in range(3):
        for column in range(4):
            x, y = 184 + 136 * column, 74 + 84 * row
            sheet.rect(x, y, 124, 74, mix(WALLS[(row + column) % 6], "#4f6f84", 0.3), 3)
            if row == 0 and column == 0:
                sheet.rect(x - 4, y - 4, 132, 82, "#d8b25c", 5)
                sheet.rect(x, y, 124, 74, "#dfe6ec", 3)
            for seat in range(1 + (row + column + version) % 3):
                sheet.bust(x + 34 + 30 * seat, y + 62, 15)
    sheet.rect(430, 330, 40, 60, "#4c4239")
    for side in (52, 790):
        sheet.rect(side, 120, 62, 150, "#cfdfe4", 3)
        sheet.rect(side + 29, 120, 4, 150, "#f6f3ec")
    for row in range(2):
        y = 432 + 92 * row
        size = 36 + 14 * row
        for seat in range(7 - row):
            sheet.bust(60 + (142 + 20 * row) * seat, y, size, back=True)
        sheet.rect(0, y + size * 0.5, WIDTH, 44, mix(WOOD, "#d2b48c", 0.35))


def classroom(sheet, version):
    """A small class: a board, a teacher, heads over long benches."""
    _room(sheet, version, floor_y=360)
    sheet.rect(250, 76, 400, 190, WOOD_DARK, 4)
    sheet.rect(260, 86, 380, 170, "#35564a")
    for row in range(3):
        sheet.rect(290, 112 + 42 * row, (210, 280, 160)[(row + version) % 3], 8, "#dfe9df", 3)
    evening = version != 2
    for side in (70, 740):
        sheet.rect(side, 96, 100, 130, "#2d3d55" if evening else "#bcdcea", 3)
        sheet.rect(side + 47, 96, 6, 130, "#f6f3ec")
        sheet.rect(side, 158, 100, 6, "#f6f3ec")
    if evening:
        for x in (210, 690):
            sheet.rect(x - 2, 0, 4, 44, "#4a4338")
            sheet.half_disc(x, 60, 30, "#ffe9a8")
    sheet.person(690, 402, 190, hand=(622, 262), skirt=True)
    for row in range(2):
        y = 446 + 92 * row
        for seat in range(5):
            x = 80 + 150 * seat + 34 * row
            if version == 3 and seat % 2:
                sheet.bust(x + 10, y - 8, 42 + 6 * row, back=True)
            else:
                sheet.bust(x, y, 32 + 8 * row, back=True)
        sheet.rect(20, y + 22, WIDTH - 40, 18, "#b98a5c", 4)
        sheet.rect(20, y + 40, WIDTH - 40, 30, mix("#b98a5c", "#000000", 0.22))


def office(sheet, version):
    """A counter where people ask; outdoors in the second version."""
    if version == 2:
        sheet.sky("#cfe3ea", "#eef3ea", 330)
        sheet.rect(0, 330, WIDTH, 270, "#d9cbb0")
        sheet.tree(120, 360, 300)
        sheet.tree(800, 350, 260)
        sheet.poly([(200, 130), (700, 130), (750, 186), (150, 186)], "#93191c")
        for post in (172, 716):
            sheet.rect(post, 186, 10, 250, "#6b5644")
    else:
        _room(sheet, version, floor_y=390)
        sheet.rect(90, 80, 720, 60, "#93191c", 4)
        sheet.rect(250, 98, 400, 24, "#f3e3bb", 3)
        for shelf in range(4):
            sheet.rect(120 + 168 * shelf, 166, 150, 120, "#d2c3a6", 3)
            for file in range(9):
                sheet.rect(
                    128 + 168 * shelf + 15 * file,
                    186 + 6 * (file % 2),
                    11,
                    94 - 6 * (file % 2),
                    SHIRTS[(file + shelf + version) % 12],
                )
    for seat in range(2):
        sheet.bust(330 + 240 * seat, 376, 48, shirt="#f1efe8" if seat else "#8fa9c4")
    sheet.rect(140, 372, 620, 34, "#c59a68", 4)
    sheet.rect(150, 406, 600, 110, "#a97c4e")
    sheet.rect(392, 350, 74, 22, "#f7f5f1", 2)
    sheet.rect(600, 330, 80, 44, "#39444d", 4)
    sheet.person(250, 574, 250, hat=version == 2, hand=(356, 392))
    sheet.person(610, 578, 240, skirt=True, hand=(520, 396))
    if version != 1:
        sheet.person(745, 574, 218)


def dialogue(sheet, version):
    """Two people across a small table, others listening around."""
    _room(sheet, version, floor_y=352)
    sheet.rect(560, 90, 200, 150, "#bcdcea", 4)
    sheet.rect(656, 90, 8, 150, "#f6f3ec")
    sheet.rect(560, 160, 200, 8, "#f6f3ec")
    sheet.rect(120, 84, 260, 160, mix(CURTAINS[version % 6], "#ffffff", 0.1), 4)
    sheet.rect(160, 128, 180, 16, "#f3e3bb", 3)
    sheet.rect(190, 160, 120, 11, "#f3e9d6", 3)
    for seat in range(6):
        sheet.bust(110 + 136 * seat, 372, 40)
    sheet.rect(0, 384, WIDTH, 216, "#bfa888")
    sheet.oval(450, 556, 240, 34, "#ab9474")
    sheet.person(300, 566, 258, hand=(392, 470), shirt=SHIRTS[version])
    sheet.person(604, 566, 250, hand=(512, 470), shirt=SHIRTS[version + 5], skirt=version == 2)
    sheet.table(372, 470, 156, 12, "#e3cfa8", 88)
    sheet.oval(424, 470, 14, 5, "#7ba3a8")
    sheet.oval(478, 470, 14, 5, "#7ba3a8")


def gift(sheet, version):
    """A visit: a box changes hands before a house."""
    sheet.rect(0, 0, WIDTH, HEIGHT, ("#e8d7ba", "#e9d9bd", "#dfe2d2", "#e6d5c3")[version % 4])
    sheet.rect(0, 0, WIDTH, 46, "#b98a55")
    sheet.rect(90, 96, 170, 170, "#a9cbd6", 4)
    sheet.rect(170, 96, 8, 170, "#f6f3ec")
    sheet.rect(90, 176, 170, 8, "#f6f3ec")
    sheet.rect(640, 120, 150, 320, WOOD, 4)
    sheet.rect(658, 140, 114, 290, mix(WOOD, "#000000", 0.18), 3)
    sheet.rect(0, 440, WIDTH, 160, "#c79a6a")
    sheet.rect(0, 440, WIDTH, 12, "#b48657")
    people = (4, 5, 4, 6)[version % 4]
    for index in range(people):
        x = 190 + 520 * index / (people - 1)
        middle = index in (people // 2 - 1, people // 2)
        reach = (450 + (18 if x > 450 else -18), 386) if middle else None
        sheet.person(x, 566, 262 - 14 * (index % 3), hand=reach, skirt=index % 2 == version % 2)
    sheet.rect(414, 352, 76, 56, "#a32a2d", 4)
    sheet.rect(446, 352, 12, 56, "#e2c27a")
    sheet.rect(414, 374, 76, 11, "#e2c27a")


def kitchen(sheet, version):
    """Tết cakes boiling in the yard at night."""
    sheet.sky("#1f2c45", "#4a4a66", 330)
    for x, y in ((120, 70), (300, 44), (520, 90), (700, 50), (820, 120), (420, 150)):
        sheet.disc(x, y, 2.2, "#f5efce")
    sheet.hills(330, 130, "#2a3a40")
    sheet.house(40, 400, 240, wall="#7a6a55", roof="#5a3a33")
    sheet.rect(0, 396, WIDTH, 204, "#5f4e3f")
    sheet.oval(560, 520, 260, 60, "#8a6a47")
    sheet.oval(560, 512, 160, 36, "#c78b4a")
    for x, height in ((500, 46), (534, 70), (566, 84), (600, 62), (630, 44)):
        sheet.poly([(x - 18, 512), (x, 512 - height), (x + 18, 512)], "#f0a63c")
        sheet.poly([(x - 9, 512), (x, 512 - height * 0.6), (x + 9, 512)], "#ffe08a")
    sheet.rect(468, 352, 190, 118, "#3a3f44", 14)
    sheet.oval(563, 354, 95, 20, "#565d63")
    for index in range(5):
        sheet.oval(500 + 32 * index, 350, 17, 8, "#4f7a4c")
    for drift in range(3):
        sheet.oval(
            520 + 44 * drift,
            300 - 44 * drift,
            36 - 7 * drift,
            15,
            mix("#c9c5bb", "#4a4a66", 0.35 + 0.15 * drift),
        )
    for x in (150, 270, 380, 770, 850):
        sheet.bust(x, 500, 48)
    sheet.rect(90, 508, 360, 16, "#c9a36a", 6)
    for index in range(8):
        sheet.rect(110 + 42 * index, 490, 32, 16, ("#4f7a4c", "#5f8f57")[index % 2], 7)
    sheet.lamps(60, 30, 8)
    del version


def van(sheet, version):
    """The free van that takes people to hospital."""
    sheet.sky("#cfe3ea", "#eef1e4", 320)
    sheet.cloud(180, 90, 44)
    sheet.cloud(640, 130, 34)
    sheet.hills(330, 46, "#7fa079")
    for x, height in ((80, 210), (180, 160), (790, 220), (860, 170)):
        sheet.palm(x, 372, height)
    sheet.house(560, 372, 190)
    sheet.rect(0, 372, WIDTH, 228, "#9fae7c")
    sheet.rect(0, 430, WIDTH, 120, "#b9b2a6")
    for x in range(20, WIDTH, 130):
        sheet.rect(x, 486, 66, 7, "#f1ece0")
    sheet.rect(230, 300, 400, 176, "#f4f2ec", 26)
    sheet.poly([(600, 318), (654, 396), (654, 470), (600, 476)], "#f4f2ec")
    for wx, width in ((254, 84), (350, 92), (454, 92), (560, 60)):
        sheet.rect(wx, 322, width, 66, "#8fb6c6", 8)
    sheet.rect(230, 412, 424, 20, "#93191c")
    sheet.rect(388, 396, 18, 54, "#93191c")
    for wheel in (312, 566):
        sheet.disc(wheel, 478, 36, "#2c2a28")
        sheet.disc(wheel, 478, 15, "#bdb8ad")
    sheet.person(720, 528, 212, shirt="#6f8aa3")
    del version


def feast(sheet, version):
    """Long tables under trees, people around."""
    sheet.sky("#d3e6ea", "#eef2e2", 300)
    sheet.hills(300, 50, "#8fae82")
    if version == 2:
        sheet.rect(0, 300, WIDTH, 70, "#7fae6b")
        for x in range(20, WIDTH, 70):
            sheet.oval(x, 326 + (x * 7) % 26, 26, 9, "#5d9160")
            if x % 3 == 0:
                sheet.bush(x + 20, 322, 9, "#e59ab0")
        sheet.poly([(60, 210), (450, 70), (840, 210)], "#b28a4e")
        sheet.poly([(90, 214), (450, 96), (810, 214)], mix("#b28a4e", "#ffffff", 0.16))
        for post in (120, 320, 570, 770):
            sheet.rect(post, 206, 12, 220, "#6b5644")
    else:
        sheet.house(560, 352, 240, wall="#efe2c8")
        sheet.tree(120, 380, 330)
        sheet.tree(430, 370, 280, "#5f9a5c")
    sheet.rect(0, 350 if version != 2 else 372, WIDTH, 260, "#d6c39d")
    for row in range(2):
        y, size = 424 + 100 * row, 30 + 9 * row
        for seat in range(8 - row):
            sheet.bust(70 + (112 + 18 * row) * seat, y - 4, size)
        sheet.rect(20 - 10 * row, y + 4, WIDTH - 40 + 20 * row, 20, "#f3ead8", 6)
        for dish in range(9):
            sheet.oval(70 + 96 * dish, y + 9, 22, 6, ("#d9e3e4", "#e6c98e", "#9cb984")[dish % 3])
        sheet.rect(20, y + 24, WIDTH - 40, 16, mix(TROUSERS[1], "#ffffff", 0.35))


SCENES = {
    "hall": hall,
    "online": online,
    "classroom": classroom,
    "office": office,
    "dialogue": dialogue,
    "gift": gift,
    "kitchen": kitchen,
    "van": van,
    "feast": feast,
}
