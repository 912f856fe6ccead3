"""Two processes that use each other's functions and objects, and send each other plain data and nothing else.

What is no data is a `StandIn` on the other side: to call it, to read an attribute of it or to calculate with it is to
ask the process that holds it. Each side decides what the other may do: the student's may call the functions that a test
lends it, and not look into them; and it may not let the judge's process work on what it could work on itself. What
comes from there is taken for what it claims to be only as far as it is that.
"""

import builtins
import contextlib
import io
import keyword
import operator
import select
import signal
import socket
import struct
import sys
import time
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np

from mathml.check.reply import Frame, frames, is_stub
from mathml.grader.outputs import Kept
from mathml.grader.wire import LARGEST, NotData, Reference, pack, unpack

__all__ = ["Channel", "Ended", "FarFunction", "Gone", "Link", "StandIn", "TooSlow", "within"]

_MANY = 100_000  # objects that one side keeps for the other
_CHATTER = 100_000  # characters that a call may print
_WORDS = 20_000  # characters of an error's message
_FRAMES = 50
_WARNINGS = 10
_AGAIN = 0.5  # seconds

_BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "lshift", "rshift", "and_", "or_", "xor")
_UNARY = ("neg", "pos", "abs", "invert")
_COMPARING = ("lt", "le", "gt", "ge")
_BY_ITEM = ("getitem", "setitem", "delitem", "contains")
_OPERATIONS: dict[str, Callable[..., Any]] = {
    name: getattr(operator, name) for name in (*_BINARY, *_UNARY, *_COMPARING, *_BY_ITEM)
} | {"len": len, "iter": iter, "next": next}
Serve: TypeAlias = Callable[..., Any]


class Gone(BaseException):
    """The other side does not answer: it ended, it took too long, or what came was no answer.

    No `except Exception` of a test takes it for an error of the student's.
    """


class Ended(Gone):
    """The other process is no more."""

    def __init__(self) -> None:
        super().__init__("it ended")


class TooSlow(Gone):
    """The other process is still busy."""

    def __init__(self) -> None:
        super().__init__("it took too long")


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TooSlow when so much time has passed, whatever is waited for or done; in a process's main thread.

    It is raised again and again, for a library may go on after an error, as NumPy does where it looks into a sequence.
    """

    def stop(_: int, __: types.FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# --- messages -------------------------------------------------------------------------------------


class Channel:
    """Messages over a socket, one after the other."""

    def __init__(self, ends: socket.socket) -> None:
        self.socket = ends

    def send(self, message: bytes) -> None:
        try:
            self.socket.sendall(struct.pack(">Q", len(message)) + message)
        except OSError:
            raise Ended from None

    def receive(self, until: float | None = None) -> bytes:
        """The next message, if it comes before the monotonic clock shows `until`."""
        (size,) = struct.unpack(">Q", self._bytes(8, until))
        if size > LARGEST + 2**20:
            raise Gone("it sent too much")
        return self._bytes(size, until)

    def _bytes(self, size: int, until: float | None) -> bytes:
        parts, missing = [], size
        while missing:
            if until is not None and not select.select([self.socket], [], [], max(0, until - time.monotonic()))[0]:
                raise TooSlow
            try:
                part = self.socket.recv(min(missing, 2**20))
            except OSError:
                part = b""
            if not part:
                raise Ended
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)


# --- what stands for the other side's -------------------------------------------------------------


class StandIn:
    """An object of the other process. It has no say in whether it is equal to something, or true."""

    def __init__(self, link: "Link", reference: Reference) -> None:
        object.__setattr__(self, "_link", link)
        object.__setattr__(self, "_reference", reference)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._link.ask("get", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._link.ask("set", self, name, value)

    def __copy__(self) -> "StandIn":
        return self

    def __deepcopy__(self, _: Any) -> "StandIn":
        return self

    def __bool__(self) -> bool:
        raise TypeError(f"{self._reference.kind} is no plain data: it is neither true nor false")

    def __repr__(self) -> str:
        return f"<{self._reference.kind}>"


class FarFunction(StandIn):
    """A function, a class or another thing that can be called."""

    def __init__(self, link: "Link", reference: Reference) -> None:
        super().__init__(link, reference)
        object.__setattr__(self, "__name__", reference.name)

    @property
    def is_stub_elsewhere(self) -> bool:
        """Whether there is nothing in it."""
        return self._link.ask("is stub", self) is True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._link.ask("call", self, *args, **kwargs)


def _operate(name: str, backwards: bool = False) -> Callable[..., Any]:
    def operation(self: StandIn, *operands: Any) -> Any:
        return self._link.ask(name, *operands, self) if backwards else self._link.ask(name, self, *operands)

    return operation


for _name in (*_BINARY, *_UNARY, *_COMPARING, *_BY_ITEM, "len", "iter", "next"):
    setattr(StandIn, f"__{_name.rstrip('_')}__", _operate(_name))
for _name in _BINARY:
    setattr(StandIn, f"__r{_name.rstrip('_')}__", _operate(_name, backwards=True))


def _stand_in(link: "Link", reference: Reference) -> StandIn:
    """One whose class is called like that of the object, because messages name it."""
    is_name = reference.kind.isidentifier() and not keyword.iskeyword(reference.kind)
    kind = type(reference.kind if is_name else "object", (FarFunction if reference.callable else StandIn,), {})
    stand_in: StandIn = kind(link, reference)
    return stand_in


# --- the link -------------------------------------------------------------------------------------


class Link:
    """This process's end.

    Parameters
    ----------
    ends : a connected socket
    me : "judge" or "student"
    serve : what else the other side may ask for, by name

    Attributes
    ----------
    gone : why the other side was given up: from then on, nothing is asked of it
    """

    def __init__(self, ends: socket.socket, me: str, serve: Mapping[str, Serve] | None = None) -> None:
        self.channel, self.me = Channel(ends), me
        self.gone: Gone | None = None
        self._serve = dict(serve or {})
        self._mine: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._theirs: dict[int, StandIn] = {}

    # --- asking -------------------------------------------------------------------------------

    def ask(self, what: str, *args: Any, **kwargs: Any) -> Any:
        """Ask the other side, and wait; serve what it asks in the meantime.

        Raises
        ------
        Gone
            If no answer came, or something else.
        Exception
            What was raised there, of the nearest kind that is known here.
        """
        if self.gone is not None:
            raise self.gone
        packed = [self._pack(arg) for arg in args]
        question = pack(["ask", what, packed, {name: self._pack(value) for name, value in kwargs.items()}])
        try:
            self.channel.send(question)
            failed, value, changed, printed, warned = self._answer()
        except BaseException as error:  # what comes after it would be taken for the answer to another question
            self.gone = error if isinstance(error, Gone) else Gone("what it sent was no answer")
            raise self.gone from None
        given = [*args, *kwargs.values()]
        for index, new in changed.items():
            if 0 <= index < len(given):
                _replace(given[index], new)
        if printed:
            sys.stdout.write(printed)
        for message in warned:
            warnings.warn(message, RuntimeWarning, stacklevel=3)
        if failed:
            raise value
        return value

    def _answer(self) -> tuple[bool, Any, dict[int, Any], str, list[str]]:
        """Whether something was raised, what it was or what was returned, what changed, what was printed and said."""
        while True:
            message = unpack(self.channel.receive())
            if message[0] == "ask":
                self._reply(*message[1:])
                continue
            verdict, packed, changed, printed, warned = message
            if verdict not in ("value", "error"):
                raise NotData("no answer")
            value = self._unpack(packed)
            return (
                verdict == "error",
                _error(value) if verdict == "error" else value,
                {int(index): self._unpack(new) for index, new in changed.items()},
                str(printed)[:_CHATTER],
                [str(message)[:_WORDS] for message in warned[:_WARNINGS]],
            )

    # --- serving ------------------------------------------------------------------------------

    def serve(self) -> None:
        """Answer until the other side is gone."""
        while True:
            try:
                self._reply(*unpack(self.channel.receive())[1:])
            except Gone:
                return

    def _reply(self, what: str, packed: list[bytes], named: dict[str, bytes]) -> None:
        args, kwargs = [self._unpack(x) for x in packed], {name: self._unpack(x) for name, x in named.items()}
        printed, warned = Kept(_CHATTER), list[warnings.WarningMessage]()
        try:
            with self._listening(what, printed) as warned:
                verdict, value = "value", self._pack(self._perform(what, args, kwargs))
        except Gone:
            raise
        except NotData as error:
            verdict, value = "error", pack(_described(TypeError(str(error)), []))
        except BaseException as error:
            ways = frames(error)[-_FRAMES:] if self.me == "student" else []  # the judge's are tests
            verdict, value = "error", pack(_described(error, ways))
        changed = {}
        for index, (before, after) in enumerate(
            zip([*packed, *named.values()], [*args, *kwargs.values()], strict=True)
        ):
            if _can_change(after):
                with contextlib.suppress(NotData):
                    now = self._pack(after)
                    if now != before:
                        changed[index] = now
        said = [str(warning.message)[:_WORDS] for warning in warned[:_WARNINGS]]
        self.channel.send(pack([verdict, value, changed, printed.getvalue(), said]))

    @contextlib.contextmanager
    def _listening(self, what: str, printed: io.StringIO) -> Iterator[list[warnings.WarningMessage]]:
        """Keep what a call prints and warns of, for the side that asked; tests and cells see to their own."""
        if self.me == "judge" or what in self._serve:
            yield []
            return
        with (
            warnings.catch_warnings(record=True) as warned,
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            warnings.simplefilter("always")
            yield warned

    def _perform(self, what: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if what in self._serve:
            return self._serve[what](*args, **kwargs)
        if self.me == "judge" and not self._may(what, args):
            raise TypeError(f"{what!r} is not to be had from here")
        if what == "call":
            function, *rest = args
            return function(*rest, **kwargs)
        if what == "get":
            target, name = args
            return getattr(target, name)
        if what == "set":
            target, name, value = args
            setattr(target, name, value)
            return None
        if what == "is stub":
            return is_stub(args[0])
        if what in _OPERATIONS:
            return _OPERATIONS[what](*args)
        raise TypeError(f"there is no {what!r}")

    def _may(self, what: str, args: list[Any]) -> bool:
        """Whether the student's side may ask it of the judge's: only of what was lent, and not to look inside.

        By the attributes of a function, a frame or an array one comes to all else in its process, or to its files.
        """
        lent = [id(arg) in self._numbers for arg in args]
        if what == "get":
            target, name = args
            own = type(target).__module__ == "tests" or type(target).__module__.startswith("mathml.")
            return lent[0] and own and type(name) is str and not name.startswith("_")
        return (what in ("call", "is stub") and lent[:1] == [True]) or (what in _OPERATIONS and any(lent))

    # --- what is no data ----------------------------------------------------------------------

    def _pack(self, value: Any) -> bytes:
        return pack(value, self._refer)

    def _unpack(self, packed: bytes) -> Any:
        return unpack(packed, self._resolve)

    def _refer(self, x: Any) -> Reference:
        if isinstance(x, StandIn):
            reference: Reference = object.__getattribute__(x, "_reference")
            return reference
        number = self._numbers.get(id(x))
        if number is None:
            if len(self._mine) >= _MANY:
                raise NotData(f"more than {_MANY:,} objects were sent")
            number = self._numbers[id(x)] = len(self._mine)
            self._mine.append(x)  # kept, so that no other object gets its id
        return Reference(self.me, number, type(x).__name__, str(getattr(x, "__name__", "")), callable(x))

    def _resolve(self, reference: Reference) -> Any:
        if reference.owner == self.me:
            if not 0 <= reference.number < len(self._mine):
                raise NotData("a reference came that refers to nothing")
            return self._mine[reference.number]
        if reference.number not in self._theirs:
            if len(self._theirs) >= _MANY:
                raise NotData(f"more than {_MANY:,} objects came")
            self._theirs[reference.number] = _stand_in(self, reference)
        return self._theirs[reference.number]


# --- arguments that were changed ------------------------------------------------------------------


def _can_change(x: Any) -> bool:
    return isinstance(x, (list, dict, set, np.ndarray, np.random.Generator)) or (
        isinstance(x, tuple) and any(map(_can_change, x))
    )


def _replace(old: Any, new: Any) -> None:
    """Make the one equal to the other, in place."""
    if isinstance(old, (list, tuple)) and type(old) is type(new) and len(old) == len(new):
        for i, (before, after) in enumerate(zip(old, new, strict=True)):
            if _can_change(before) and type(before) is type(after):
                _replace(before, after)
            elif isinstance(old, list):
                old[i] = after
    elif isinstance(old, list) and isinstance(new, list):
        old[:] = new
    elif isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        if old.shape == new.shape and old.flags.writeable:
            old[...] = new
    elif isinstance(old, (dict, set)) and type(old) is type(new):
        old.clear()
        old.update(new)
    elif isinstance(old, np.random.Generator) and isinstance(new, np.random.Generator):
        with contextlib.suppress(ValueError):  # another kind of generator
            old.bit_generator.state = new.bit_generator.state


# --- errors ---------------------------------------------------------------------------------------


def _described(error: BaseException, ways: list[Frame]) -> dict[str, Any]:
    kinds = [kind.__name__ for kind in type(error).__mro__]
    try:
        words = str(error)[:_WORDS]
    except Exception:
        words = ""
    return {"kinds": kinds, "words": words, "frames": [list(frame) for frame in ways]}


def _error(described: Any) -> BaseException:
    """An exception of the nearest kind that is built in, called as its own kind is."""
    kinds = [str(kind) for kind in described["kinds"][:_FRAMES]]
    words = str(described["words"])[:_WORDS]
    passed = [
        Frame(str(function)[:100], bool(own), int(line), str(text)[:200])
        for function, own, line, text in described["frames"][:_FRAMES]
    ]
    known: Any = next(
        (kind for name in kinds if isinstance(kind := _known_error(name), type) and issubclass(kind, BaseException)),
        Exception,
    )
    if known in (KeyboardInterrupt, SystemExit, GeneratorExit, BaseException):
        known = SystemExit
    kind = known if not kinds or known.__name__ == kinds[0] else type(kinds[0][:100], (known,), {})
    try:
        error: BaseException = kind(words)
    except TypeError:  # UnicodeDecodeError and its like take more than words
        error = ValueError(words)
    error.frames_elsewhere = passed  # type: ignore[attr-defined]
    return error


def _known_error(name: str) -> Any:
    return np.linalg.LinAlgError if name == "LinAlgError" else getattr(builtins, name, None)
