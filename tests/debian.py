"""What the tests need and pip cannot install: the system's packages, where they can be had."""

import os
import platform
import subprocess

__all__ = ["install", "is_debian"]


def install(*packages: str) -> None:
    """Install packages, if this is Debian and the user may."""
    if is_debian() and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", *packages], check=False, stdout=subprocess.DEVNULL, env=quietly
        )


def is_debian() -> bool:
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False
