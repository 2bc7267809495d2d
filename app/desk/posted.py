"""Reading what a browser sends: forms of two kinds, within limits that have names."""

from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from app.desk.forms.form import Form, Upload
from app.web.bodies import TooLarge, limited
from kb.errors import Problem

# A held article, and the words around it (RELIABILITY 5).
MOST_BYTES = 13_000_000
MOST_FIELDS = 2_000
MOST_FILES = 2
# What browsers write. Others are refused, since a codec can be named that makes no text, or none that can be stored.
CHARSETS = (b"utf-8", b"utf8")
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data")


class NoForm(Problem):
    """Something that is no form, or a broken one."""


async def posted(request: Request) -> Form:
    """Raises TooLarge, NoForm."""
    named, options = parse_options_header(request.headers.get("content-type", ""))
    kind = named.decode("latin-1").strip().lower()
    if kind not in KINDS or options.get(b"charset", CHARSETS[0]).lower() not in CHARSETS:
        raise NoForm("This takes forms only.", remedy="Send the form of its page.")
    body = limited(request, MOST_BYTES, _too_large())
    try:
        if kind == KINDS[0]:
            limits = {"max_fields": MOST_FIELDS, "max_part_size": MOST_BYTES}
            data = await FormParser(request.headers, body, **limits).parse()
        else:
            parser = MultiPartParser(
                request.headers, body, max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES
            )
            data = await parser.parse()
    except (MultiPartException, KeyError) as error:
        raise NoForm("The form came broken.", remedy="Send it again.") from error
    typed: dict[str, list[str]] = {}
    uploads: dict[str, Upload] = {}
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                uploads[name] = Upload(value.filename, value.content_type or "", await value.read())
        else:
            typed.setdefault(name, []).append(value)
    await data.close()
    return Form(typed, uploads)


def _too_large() -> TooLarge:
    what = f"At most {MOST_BYTES // 1_000_000} MB are taken at once."
    return TooLarge(what, remedy="Bring in the part of the text that the claims stand in.")
