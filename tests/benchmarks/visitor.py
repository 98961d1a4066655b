"""One visitor as the server sees a browser: a websocket that speaks Streamlit's own messages.

Not a browser: nothing is drawn, so hundreds of visitors fit on the machine that serves them. What is
sent is what ours sends: a question to ``/live`` while a lever is in the hand, then the change itself.
"""

import asyncio
import json
import random
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE: Final = 60.0
LOOK: Final = {"axis": "weeks", "shows": "values", "fan": True}
_DONE: Final = frozenset(
    {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
)


class VisitFailedError(RuntimeError):
    """The visitor got something that is no answer."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A block of levers as it was last drawn: where changes go, and where its levers stand."""

    element: str
    fragment: str
    rows: tuple[dict[str, Any], ...]


@dataclass
class Visitor:
    """One open page.

    Attributes
    ----------
    blocks
        Levers by the id of their component.
    buttons
        Ids of the buttons by their label, with the part of the page they stand in.
    state
        What the page last said of itself: the token, the language, the last change heard.
    alerts
        What stood in boxes of the last run.
    follows
        The part of the page that runs by itself, while something is waited for.
    """

    url: str
    locale: str = "zh-CN"
    blocks: dict[str, Rows] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)
    state: dict[str, Any] = field(default_factory=dict)
    alerts: list[str] = field(default_factory=list)
    charts_at: float = 0.0
    query: str = ""
    page: str = ""
    follows: str | None = None
    _socket: ClientConnection | None = None

    async def open(self, query: str = "") -> float:
        """Connect and wait for the whole page; seconds until it was there."""
        begin = time.perf_counter()
        parts = urlsplit(self.url)
        self.query = query
        self._socket = await connect(
            f"ws://{parts.netloc}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=f"http://{parts.netloc}",
            max_size=None,
            compression=None,
            open_timeout=PATIENCE,
        )
        await self._say(BackMsg())
        await self._until_done()
        return time.perf_counter() - begin

    async def close(self) -> None:
        """Leave, as a closed tab does."""
        if self._socket:
            await self._socket.close()

    def lever(self, chance: random.Random) -> tuple[str, float]:
        """A lever on the page and a value it may take."""
        rows = [row for block in self.blocks.values() for row in block.rows]
        row = chance.choice([row for row in rows if len(row["stops"]) > 1])
        return row["place"], chance.choice(row["stops"])

    async def commit(self, edits: list[tuple[str, float]], number: int) -> None:
        """Let go of levers, and wait until the page knows of it."""
        place = edits[-1][0]
        block = next(
            each for each in self.blocks.values() if place in {row["place"] for row in each.rows}
        )
        sent = {"event": "sent", "value": {"number": number, "edits": edits}}
        message = BackMsg()
        base = message.rerun_script.widget_states.widgets.add()
        base.id, base.json_value = block.element, "{}"
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = f"$$STREAMLIT_INTERNAL_KEY_{block.element}__events"
        widget.json_trigger_value = json.dumps([sent])
        await self._say(message, block.fragment)
        await self._until_done(heard=number)

    async def press(self, label: str) -> None:
        """Press a button and wait for the run that follows."""
        identity, fragment = self.buttons[label]
        message = BackMsg()
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id, widget.trigger_value = identity, True
        await self._say(message, fragment)
        await self._until_done()

    async def again(self) -> None:
        """Run the part that runs by itself once more, as the browser's timer does."""
        message = BackMsg()
        message.rerun_script.is_auto_rerun = True
        await self._say(message, self.follows or "")
        await self._until_done()

    async def _say(self, message: BackMsg, fragment: str = "") -> None:
        assert self._socket is not None
        message.rerun_script.query_string = self.query
        message.rerun_script.fragment_id = fragment
        message.rerun_script.page_name = self.page
        message.rerun_script.context_info.locale = self.locale
        message.rerun_script.context_info.url = self.url
        self.alerts.clear()
        await self._socket.send(message.SerializeToString())

    async def _until_done(self, heard: int = 0) -> None:
        """Take what the server sends until a run is through that knows of the last change."""
        assert self._socket is not None
        async with asyncio.timeout(PATIENCE):
            while True:
                message = ForwardMsg.FromString(await self._socket.recv())  # type: ignore[arg-type]
                if self._ends(message) and int(self.state.get("heard", 0)) >= heard:
                    return

    def _ends(self, message: ForwardMsg) -> bool:
        """Take one message; whether a run is through with it."""
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._take(message)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self.follows = message.auto_rerun.fragment_id
        if kind != "script_finished":
            return False
        if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise VisitFailedError("the script does not compile")
        return message.script_finished in _DONE

    def _take(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise VisitFailedError(element.exception.message)
        if kind == "alert":
            self.alerts.append(element.alert.body)
        elif kind == "button":
            self.buttons[element.button.label] = (element.button.id, message.delta.fragment_id)
        elif kind == "bidi_component":
            self._take_component(element.bidi_component, message.delta.fragment_id)

    def _take_component(self, component: Any, fragment: str) -> None:
        name = component.component_name
        if name == "sim.rows":
            rows = json.loads(component.bytes)["rows"]
            self.blocks[component.id] = Rows(
                element=component.id, fragment=fragment, rows=tuple(rows)
            )
        elif name == "sim.live":
            self.state.update(json.loads(component.mixed.json or component.json))
        elif name == "sim.chart_grid":
            self.charts_at = time.perf_counter()


class Asker:
    """One connection for questions to ``/live``, kept open as a browser keeps it."""

    def __init__(self, url: str) -> None:
        self._at = urlsplit(url)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, question: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer; a connection that was closed is opened anew."""
        try:
            return await self._ask(question)
        except (asyncio.IncompleteReadError, ConnectionError):
            self._streams = None
            return await self._ask(question)

    async def _ask(self, question: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        if self._streams is None:
            assert self._at.hostname is not None
            self._streams = await asyncio.open_connection(self._at.hostname, self._at.port)
        reader, writer = self._streams
        body = json.dumps(question).encode()
        head = (
            f"POST /live HTTP/1.1\r\nHost: {self._at.netloc}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        async with asyncio.timeout(PATIENCE):
            lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            answer = await reader.readexactly(int(fields.get("content-length", "0")))
        return int(lines[0].split()[1]), fields, answer

    def close(self) -> None:
        """Close the connection, as a question that nobody waits for any more does."""
        if self._streams:
            self._streams[1].close()
        self._streams = None
