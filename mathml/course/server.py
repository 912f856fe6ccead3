"""What the course adds to JupyterLab's server: a notebook that is saved keeps a picture, and not a widget's place.

Who opens the notebook another day has no Python behind the widget. Jupyter would then say "model not found", though the
picture and its words are stored beside it.
"""

from typing import Any

__all__ = ["WIDGET", "keep_pictures"]

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


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    server.contents_manager.register_pre_save_hook(_before_saving)
