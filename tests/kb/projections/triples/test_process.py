"""A keeper is heard however many files its server has open."""

import contextlib
import os
import resource

from kb.projections.triples.limits import Limits
from kb.projections.triples.process import Process
from tests.factories.documents import BASE

# The largest number of a file that `select.select` takes, and some more.
MANY = 1_024 + 16


def test_a_server_with_a_thousand_connections_hears_its_keeper() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, MANY * 2), hard))
    with contextlib.ExitStack() as stack:
        stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        for _ in range(MANY):
            stack.callback(os.close, os.open(os.devnull, os.O_RDONLY))
        process = Process(BASE, Limits())
        stack.callback(process.end)
        said = process.hear()
        assert said is not None
        assert said["did"] == "begin"
        assert process.hear(0) is None
