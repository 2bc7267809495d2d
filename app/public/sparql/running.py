"""Queries on their way: in threads of their own, watched by whoever asked, and never left to run for nobody."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request

from app.public.sparql.allowance import Allowance, Clock
from app.public.sparql.kept import Kept
from kb.errors import Problem
from kb.projections.triples.index import Index
from kb.projections.triples.problems import Busy, Misread, Stopped, TooLong, TooMuch
from kb.projections.triples.question import Answer, Question
from kb.projections.triples.ticket import Ticket
from kb.values.networks import network

# Beside those that run or wait in the index, some that are only just being told that there is no room.
BESIDE = 4
# Between two looks at a server that has nothing to tell of a client.
LOOK_SECONDS = 0.05


class Run:
    """One question in a thread; `cancel` comes from another, at any moment, even before the index has heard of it."""

    def __init__(self, index: Index, question: Question, at_least: int, of: str) -> None:
        self._index = index
        self._of = of
        self._question = question
        self._at_least = at_least
        self._lock = threading.Lock()
        self._ticket: Ticket | None = None
        self._is_cancelled = False

    def __call__(self) -> Answer:
        """Raises one of the problems of the index."""
        ticket = self._index.ask(self._question, self._at_least, of=self._of)
        with self._lock:
            self._ticket = ticket
            is_cancelled = self._is_cancelled
        if is_cancelled:
            ticket.cancel()
        return ticket.wait()

    def cancel(self) -> None:
        with self._lock:
            self._is_cancelled = True
            ticket = self._ticket
        if ticket is not None:
            ticket.cancel()


class Runner:
    """Runs queries for the clients of one app, within their allowances."""

    def __init__(self, index: Index, clock: Clock = time.monotonic) -> None:
        self.limits = limits = index.limits
        self.allowance = Allowance(clock)
        self._index = index
        self._kept = Kept(clock)
        # However many ask for much, some room is left for those who only look something up.
        self._left_to_much = limits.slow + limits.waiting // 2
        # Threads of its own, so that however long queries take, there are some for pages.
        self._free = limits.quick + limits.slow + limits.waiting + BESIDE
        self._threads = ThreadPoolExecutor(self._free, "sparql")

    async def answer(self, request: Request, question: Question, at_least: int) -> Answer:
        """Raises TooOften, and the problems of the index; Stopped (cancelled) where the client has gone."""
        if kept := self._kept.get(question, at_least):
            return kept
        who = client(request)
        has_had_much = self.allowance.has_had_much(who)
        with self.allowance.running(who) as spending:
            answer = await self._run(request, Run(self._index, question, at_least, who), has_had_much)
            spending.seconds = answer.milliseconds / 1000
        self._kept.put(question, answer)
        return answer

    async def _run(self, request: Request, run: Run, has_had_much: bool) -> Answer:
        if not self._free or (has_had_much and not self._left_to_much):
            raise Busy("As many queries are running and waiting as may.", retry_after=1, remedy="Ask again soon.")
        self._free -= 1
        self._left_to_much -= has_had_much
        waiting = asyncio.get_running_loop().run_in_executor(self._threads, run)
        leaving = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait((waiting, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                run.cancel()
            return await waiting
        finally:
            self._free += 1
            self._left_to_much += has_had_much
            leaving.cancel()
            if not waiting.done():
                # The server itself is ending, and waits no longer.
                run.cancel()
                waiting.cancel()


def client(request: Request) -> str:
    """Whom the allowance is of."""
    return network(request.client.host if request.client else "")


def is_own_making(problem: Problem) -> bool:
    """True where the query itself is why it has no answer."""
    if isinstance(problem, Stopped):
        return problem.cause not in ("cancelled", "lost")
    return isinstance(problem, Misread | TooLong | TooMuch)


async def _gone(request: Request) -> None:
    """Ends when the client has hung up."""
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            return
        await asyncio.sleep(LOOK_SECONDS)
