"""What a check raises. A notebook shows the words alone, without a traceback."""

__all__ = ["CheckFailed", "NotAnswered"]

_BOLD_RED, _PLAIN = "\x1b[1;31m", "\x1b[0m"


class CheckFailed(AssertionError):  # noqa: N818
    """An answer is wrong; the message says how, and `hint` what may help."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint

    def _render_traceback_(self) -> list[str]:
        """IPython shows these lines in place of the traceback."""
        first, *rest = str(self).splitlines()
        return [f"{_BOLD_RED}{first}{_PLAIN}", *rest]


class NotAnswered(CheckFailed):
    """There is no answer yet."""
