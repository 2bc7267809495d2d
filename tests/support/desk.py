"""Editors at the desk: each a browser without scripts over the app itself, that fills in forms as they stand."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx
from fastapi import FastAPI
from lxml import html
from lxml.html import HtmlElement

from app.desk.desk import Fetching
from app.main import create_app
from kb.db import writing
from kb.desk.accounts import AccountEntry, add_account, find_account
from kb.desk.actors import LOCAL_OPERATOR
from kb.desk.invitations import accept, make_link
from kb.desk.passwords import Hasher, NewPassword
from kb.settings import Settings

HOST = "http://localhost:8000"
PASSWORD = "correct horse battery"
Values = Mapping[str, str | Sequence[str]]
File = tuple[str, bytes, str]


@dataclass(frozen=True)
class Sheet:
    """A page as it came."""

    path: str
    reply: httpx.Response

    @property
    def status(self) -> int:
        return self.reply.status_code

    @property
    def tree(self) -> HtmlElement:
        return html.document_fromstring(self.reply.text)

    @property
    def text(self) -> str:
        """What a reader sees, its blanks made one."""
        return " ".join(self.tree.text_content().split())

    def form(self, action: str = "") -> HtmlElement:
        """The form that goes to this path; without one the page's own, which is not the one for signing out."""
        forms = [one for one in self.tree.iter("form") if _goes_to(self.path, one, action)]
        assert forms, f"{self.path} has no form for {action or 'itself'}: {self.text[:300]}"
        return forms[0]

    def faults(self) -> list[str]:
        """What stands beside the fields and in the summary."""
        found = self.tree.xpath("//*[contains(concat(' ', @class, ' '), ' error ')]|//*[@role='alert']")
        return [" ".join(one.text_content().split()) for one in found]


@dataclass
class Editor:
    """Somebody with a browser. `name` is the account's; the cookies are the client's."""

    name: str
    loop: asyncio.AbstractEventLoop
    client: httpx.AsyncClient

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        return self.loop.run_until_complete(self.client.request(method, path, **more))

    def look(self, path: str) -> Sheet:
        """A page as it is answered, whatever the status; no redirect is followed."""
        return Sheet(path, self.ask("GET", path, headers={"Accept": "text/html"}))

    def open(self, path: str) -> Sheet:
        """A page that must be there."""
        sheet = self.look(path)
        assert sheet.status == 200, f"{path} is {sheet.status}: {sheet.reply.text[:500]}"
        return sheet

    def send(
        self,
        sheet: Sheet,
        values: Values | None = None,
        *,
        do: str = "",
        action: str = "",
        files: Mapping[str, File] | None = None,
    ) -> Sheet:
        """Fill in a form of the page over what stands in it, and press its button; `do` names a button of rows."""
        form = sheet.form(action)
        pairs = _filled(form, values or {}) + ([("do", do)] if do else [])
        path = urljoin(sheet.path, form.get("action") or sheet.path)
        typed: dict[str, list[str]] = {}
        for name, value in pairs:
            typed.setdefault(name, []).append(value)
        headers = {"Accept": "text/html", "Origin": HOST, "Sec-Fetch-Site": "same-origin"}
        if files or form.get("enctype") == "multipart/form-data":
            named = [(name, (None, value)) for name, values in typed.items() for value in values]
            given: list[Any] = [*named, *(files or {}).items()]
            return Sheet(path, self.ask("POST", path, files=given, headers=headers))
        return Sheet(path, self.ask("POST", path, data=typed, headers=headers))

    def save(self, sheet: Sheet, values: Values | None = None, **more: Any) -> Sheet:
        """Send a form that must be taken, and go where it leads."""
        sent = self.send(sheet, values, **more)
        assert sent.status == 303, f"{sent.path} is {sent.status}: {sent.faults() or sent.text[:500]}"
        return self.follow(sent)

    def follow(self, sheet: Sheet) -> Sheet:
        """Where a redirect leads."""
        return self.open(urljoin(sheet.path, sheet.reply.headers["location"]))

    def sign_in(self, password: str = PASSWORD) -> None:
        """Raises AssertionError where the desk does not let them in."""
        sent = self.send(self.open("/desk/sign-in"), {"name": self.name, "password": password})
        assert sent.status == 303, sent.faults()


@dataclass
class TestDesk:
    """The app over one knowledge base, and whoever comes to its desk."""

    __test__ = False

    app: FastAPI
    settings: Settings
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _clients: list[httpx.AsyncClient] = field(default_factory=list)
    _life: Any = None

    def __enter__(self) -> Self:
        self._life = self.app.router.lifespan_context(self.app)
        self._loop.run_until_complete(self._life.__aenter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.run_until_complete(self._life.__aexit__(None, None, None))
        for client in self._clients:
            self._loop.run_until_complete(client.aclose())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def stranger(self, name: str = "", base: str = HOST) -> Editor:
        """A browser in which nobody is signed in, on a machine of its own: wrong passwords are counted for each."""
        address = f"10.0.{len(self._clients) // 250}.{len(self._clients) % 250 + 1}"
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 50_000))
        self._clients.append(httpx.AsyncClient(transport=transport, base_url=base))
        return Editor(name, self._loop, self._clients[-1])

    def editor(self, name: str, *roles: str) -> Editor:
        """Somebody with these roles, signed in; the account is made where there is none."""
        self.account(name, *roles)
        editor = self.stranger(name)
        editor.sign_in()
        return editor

    def account(self, name: str, *roles: str) -> None:
        """An account with the password of them all, where there is none of this name."""
        engine = self.app.state.desk.engine
        with writing(engine) as session:
            known = find_account(session, name)
            if known is None:
                account = add_account(session, LOCAL_OPERATOR, AccountEntry(name=name, roles=list(roles)))
                link = make_link(session, LOCAL_OPERATOR, account, "invitation")
        if known is None:
            accept(engine, Hasher(), link, NewPassword(password=PASSWORD))


@contextmanager
def open_desk(settings: Settings, *, host: str = "127.0.0.1", fetcher: Fetching | None = None) -> Iterator[TestDesk]:
    """The app over a founded knowledge base."""
    with TestDesk(create_app(settings, host=host, fetcher=fetcher), settings) as desk:
        yield desk


def _goes_to(page: str, form: HtmlElement, action: str) -> bool:
    path = urlsplit(urljoin(page, form.get("action") or page)).path
    if action:
        return path.endswith(action)
    return form.get("method") == "post" and not path.endswith("/sign-out")


def _filled(form: HtmlElement, values: Values) -> list[tuple[str, str]]:
    """What a browser would send: the form's own values, those given in their place, no button."""
    inside = form.xpath("descendant::*[self::input or self::textarea or self::select]")
    named = form.get("id") and form.xpath(f"//*[@form='{form.get('id')}']")
    pairs: list[tuple[str, str]] = []
    for one in [*inside, *(named or [])]:
        name, kind = one.get("name"), (one.get("type") or "").lower()
        if not name or name in values or one.tag == "button" or kind in ("file", "submit"):
            continue
        if kind in ("checkbox", "radio"):
            pairs += [(name, one.get("value", "on"))] if one.get("checked") is not None else []
        elif one.tag == "select":
            chosen = [option for option in one.iter("option") if option.get("selected") is not None]
            first = chosen or list(one.iter("option"))[:1]
            pairs += [(name, option.get("value", option.text or "")) for option in first]
        elif one.tag == "textarea":
            # A browser drops the line feed that the page puts first.
            pairs.append((name, (one.text or "").removeprefix("\n")))
        else:
            pairs.append((name, one.get("value") or ""))
    for name, value in values.items():
        pairs += [(name, one) for one in ([value] if isinstance(value, str) else value)]
    return pairs
