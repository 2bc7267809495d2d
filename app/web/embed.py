"""Data in a page that machines read beside its text: a block of JSON-LD, in which nothing can be markup."""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

# A parser of HTML ends a script at `</script` and doubts it at `<!--`, whatever JSON says; entities would stay in the
# data as they stand. The two line ends are none in JSON, and were in older readers.
_ESCAPED = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"})


def data_block(value: Mapping[str, Any] | None) -> Markup:
    """A `<script>` of JSON-LD, which no browser runs and no policy has to allow; nothing where there is nothing."""
    if value is None:
        return Markup("")
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).translate(_ESCAPED)
    return Markup(f'<script type="application/ld+json">{written}</script>')  # noqa: S704
