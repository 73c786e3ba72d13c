"""A file handed out so that a broken download goes on where it stopped: RFC 9110, one range at a time."""

import re

from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from programmes.models import PreparedFilePart

RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.IGNORECASE)


def resumable_file(request, file, *, content_type):
    """The whole of a prepared file, or the range that is asked for; its ETag is the checksum of its bytes."""
    etag, changed = f'"{file.checksum}"', int(file.ready_at.timestamp())
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Last-Modified": http_date(changed),
        "Cache-Control": "private, no-cache",
        # Compressed on its way it would have other bytes than those that are counted here.
        "Content-Encoding": "identity",
    }
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponseNotModified(headers=headers)
    asked = _range(request, file.size) if request.method == "GET" and _is_same(request, etag, changed) else None
    if asked == ():
        headers["Content-Range"] = f"bytes */{file.size}"
        return HttpResponse(status=416, headers=headers, content_type=content_type)
    first, last = asked or (0, file.size - 1)
    headers |= {
        "Content-Length": str(last - first + 1),
        "Content-Disposition": f'attachment; filename="{file.file_name}"',
    }
    if asked:
        headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    return StreamingHttpResponse(
        bytes_of(file, first, last), status=206 if asked else 200, headers=headers, content_type=content_type
    )


def _is_same(request, etag, changed):
    """Whether the part that the browser has already is of the very same file."""
    condition = request.headers.get("If-Range")
    if condition is None:
        return True
    return condition == etag or parse_http_date_safe(condition) == changed


def _range(request, size):
    """The first and last byte asked for; None without a range that is understood, () when it lies outside."""
    match = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not match or not any(match.groups()):
        return None
    first, last = (int(number) if number else None for number in match.groups())
    if first is None:
        first, last = max(size - last, 0) if last else size, size - 1
    elif last is not None and last < first:
        return None
    return (first, min(size - 1 if last is None else last, size - 1)) if first < size else ()


def bytes_of(file, first, last):
    """The bytes from the first to the last, a part at a time; ends in an error when the file is made anew meanwhile."""
    part_size, parts = PreparedFilePart.SIZE, PreparedFilePart.objects.filter(file=file, file__checksum=file.checksum)
    numbers = range(first // part_size, last // part_size + 1)
    for number in numbers:
        content = parts.values_list("content", flat=True).get(number=number)
        start = number * part_size
        yield bytes(content)[max(first - start, 0) : last - start + 1]
