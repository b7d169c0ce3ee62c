"""The versions of a digest: kept whole after every change, told by what they changed."""

from reports.models import DigestVersion


def keep_version(digest, deed, *, by):
    """Keep the digest as it is stored now, within the transaction that changed it."""
    content = _content_of(digest)
    last = digest.versions.order_by("-number").first()
    if last is None or last.content != content:
        digest.versions.create(number=digest.version, deed=deed, content=content, saved_by=by)


def keep_first_version(digest):
    """One that was made before versions were kept: as it is, before somebody changes it."""
    if digest.versions.exists():
        return
    first = digest.versions.create(
        number=digest.version - 1, deed="Bản cũ nhất còn giữ", content=_content_of(digest),
        saved_by=digest.updated_by,
    )  # fmt: skip
    DigestVersion.objects.filter(pk=first.pk).update(saved_at=digest.updated_at)


def _content_of(digest):
    rows = digest.items.order_by("order", "pk").values("report", "group", "text")
    days = {name: getattr(digest, name) for name in ("period_start", "period_end")}
    return {
        "title": digest.title,
        "intro": digest.intro,
        **{name: day and day.isoformat() for name, day in days.items()},
        "lines": list(rows),
    }


def told(digest, versions):
    """[(DigestVersion, what it changed in words)] of some versions, the latest first."""
    versions = list(versions)
    before = {}
    if versions:
        earlier = digest.versions.filter(number__lt=versions[-1].number).order_by("-number")[:1]
        in_a_row = [*versions, *earlier]
        before = dict(zip([one.pk for one in versions], in_a_row[1:], strict=False))
    found = []
    for version in versions:
        last = before.get(version.pk)
        words = changes(last.content, version.content) if last else _size(version.content)
        found.append((version, words))
    return found


def changes(before, after):
    """What became of one content in the other: `đổi tên; thêm 2 bài; sửa lời 1 bài`."""
    old, new = ({line["report"]: line for line in each["lines"]} for each in (before, after))
    both = [key for key in new if key in old]
    days = ("period_start", "period_end")
    reworded = sum(old[key]["text"] != new[key]["text"] for key in both)
    regrouped = any(old[key]["group"] != new[key]["group"] for key in both)
    added, gone = len(new) - len(both), len(old) - len(both)
    words = [
        "đổi tên" if before["title"] != after["title"] else "",
        "sửa lời mở đầu" if before["intro"] != after["intro"] else "",
        "đổi kỳ" if any(before[name] != after[name] for name in days) else "",
        f"thêm {added} bài" if added else "",
        f"bỏ {gone} bài" if gone else "",
        "đổi thứ tự" if both != [key for key in old if key in new] else "",
        f"sửa lời {reworded} bài" if reworded else "",
        "sửa tên nhóm" if regrouped else "",
    ]
    return "; ".join(filter(None, words))


def _size(content):
    return f"{len(content['lines'])} bài"
