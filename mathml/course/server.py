"""What the course adds to JupyterLab's server: saved pictures, and answers without a delay.

A notebook that is saved keeps a picture, and not a widget's place. Who opens it another day has no Python behind the
widget. Jupyter would then say "model not found", though the picture and its words are stored beside it.
"""

from typing import Any

__all__ = ["WIDGET", "at_once", "keep_pictures"]

WIDGET = "application/vnd.jupyter.widget-view+json"


def keep_pictures(notebook: dict[str, Any]) -> None:
    """Drop each widget that has a picture beside it from the outputs of a notebook, which is changed in place."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                data.pop(WIDGET, None)


def _before_saving(model: dict[str, Any], **_: Any) -> None:
    if model["type"] == "notebook" and model.get("content"):
        keep_pictures(model["content"])


def at_once(connection: Any) -> Any:
    """A class of connections between kernel and browser like `connection`, which keeps no message back.

    A kernel says "busy" before it answers. TCP would hold the answer until the browser has confirmed that word
    (RFC 896), and the browser takes its time for that (RFC 1122, 4.2.3.2): on Linux 40 ms, longer than a picture takes.
    """

    def connect(self: Any) -> Any:
        self.websocket_handler.set_nodelay(True)
        return connection.connect(self)

    return type(connection.__name__, (connection,), {"connect": connect})


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    server.contents_manager.register_pre_save_hook(_before_saving)
    settings = server.web_app.settings
    settings["kernel_websocket_connection_class"] = at_once(settings["kernel_websocket_connection_class"])
