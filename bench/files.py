"""The same bytes as files: nginx with one worker, on a folder of its own."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.peers import program
from bench.serving import free_port, served

_CONFIG = """
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/errors;
events {{ worker_connections 512; }}
http {{
  access_log off;
  default_type "text/html; charset=utf-8";
  sendfile on;
  tcp_nopush on;
  etag on;
  open_file_cache max=2000;
  keepalive_requests 100000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


@contextmanager
def as_files(pages: Mapping[str, bytes]) -> Iterator[str]:
    """The address of a server of these files, by their names. Raises PeerMissing where there is no nginx."""
    nginx = program("nginx", "nginx-light")
    port = free_port()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        # Its worker is another user where the benchmark is run as root.
        folder.chmod(0o755)
        (folder / "files").mkdir()
        for name, data in pages.items():
            (folder / "files" / name).write_bytes(data)
        config = folder / "nginx.conf"
        config.write_text(_CONFIG.format(folder=folder, port=port), "utf-8")
        base = f"http://127.0.0.1:{port}"
        with served([nginx, "-c", config, "-p", folder], f"{base}/{next(iter(pages))}"):
            yield base
