"""In which roles claims name a record of each kind, as its page sorts them; each has a list of its own."""

ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    "source": {
        "quoted": ("appears_in", "evidence", "reply_in", "said_in"),
        "set_aside": ("found", "would_settle", "living_source"),
    },
    "agent": {
        "made": ("author",),
        "passed_on": ("voice",),
        "answered": ("reply",),
        "concerned": ("concerns",),
        "named": ("mentions", "counted_by"),
    },
    "origin": {"rests_on_it": ("origin",), "set_aside": ("reply_origin", "weighed")},
    "topic": {"about": ("topic",), "measured": ("measure",)},
}
