"""HTTP as it comes over the wire: read by httptools, and never more of a head than a request may have."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# In bytes: of a head, of what stands behind a body, or of what stands between its pieces.
MOST = 64 * 1024


class Bounded(HttpToolsProtocol):
    """httptools is several times as quick as h11, but takes a head of any length, and keeps it in memory."""

    _unread = 0

    def data_received(self, data: bytes) -> None:
        self._unread += len(data)
        super().data_received(data)
        if self._unread > MOST and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def on_headers_complete(self) -> None:
        self._unread = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._unread = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._unread = 0
        super().on_message_complete()
