"""What a unit can be: its level, its kind, and the system it belongs to."""

from django.db.models import TextChoices


class UnitLevel(TextChoices):
    PROVINCE = "province", "cấp tỉnh"
    # Abolished on 1 July 2025; kept for what was written before.
    DISTRICT = "district", "cấp huyện"
    COMMUNE = "commune", "cấp xã"


class UnitKind(TextChoices):
    """The kinds named by law, which tells apart three kinds of "thành phố"."""

    PROVINCE = "province", "tỉnh"
    MUNICIPALITY = "municipality", "thành phố trực thuộc trung ương"
    PROVINCIAL_CITY = "provincial_city", "thành phố thuộc tỉnh"
    MUNICIPAL_CITY = "municipal_city", "thành phố thuộc thành phố trực thuộc trung ương"
    URBAN_DISTRICT = "urban_district", "quận"
    RURAL_DISTRICT = "rural_district", "huyện"
    TOWN = "town", "thị xã"
    WARD = "ward", "phường"
    COMMUNE = "commune", "xã"
    TOWNSHIP = "township", "thị trấn"
    SPECIAL_ZONE = "special_zone", "đặc khu"

    @property
    def word(self):
        """The word that opens the unit's name: `thành phố` for all three kinds of city."""
        label = str(self.label)
        return "thành phố" if label.startswith("thành phố") else label


class Era(TextChoices):
    """The two systems of units. A code means nothing without its system (91 in both)."""

    THREE_TIER = "t3", "ba cấp (đến 30/6/2025)"
    TWO_TIER = "t2", "hai cấp (từ 1/7/2025)"
