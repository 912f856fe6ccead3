"""A process that strangers' code may run in: no files but the course's, no network, no other processes, limits.

`wall_in` is called once, by a process that has imported all that is needed: from then on it sees a root of its own, in
which Python, the course and nothing else can be read. `fork_apart` then makes a child for each submission, with
processes of its own, and `confine` gives it a scratch folder and takes its rights, down to the system calls that
calculating takes.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Limits", "Unavailable", "confine", "fork_apart", "keep_only", "restrict", "system_calls", "wall_in"]

SCRATCH = "/scratch"
# <linux/sched.h>, <linux/mount.h>, <linux/prctl.h>
_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_THREAD = 0x10000
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT, _BIND, _REC, _PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
_DETACH = 2
_KEEP = {os.ST_NOSUID: _NOSUID, os.ST_NODEV: _NODEV, os.ST_NOEXEC: _NOEXEC, 1024: 1024, 2048: 2048, 4096: 1 << 21}
_PDEATHSIG, _CAPBSET_DROP, _NO_NEW_PRIVS, _DUMPABLE = 1, 24, 38, 4
_CAPABILITIES = 64
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}

# What calculating does not take. The others are ruled by the namespaces, the user and the limits.
_FORBIDDEN = (
    *("execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd"),
    *("socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendmmsg", "recvmmsg"),
    *("unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen", "fsmount"),
    *("mount_setattr", "keyctl", "add_key", "request_key", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup"),
    *("init_module", "finit_module", "delete_module", "kexec_load", "reboot", "swapon", "swapoff", "quotactl", "acct"),
    *("name_to_handle_at", "open_by_handle_at", "mknod", "mknodat", "setsid", "setpgid", "personality", "syslog"),
    *("memfd_create", "memfd_secret", "shmget", "semget", "msgget", "mq_open", "fanotify_init", "inotify_init"),
    "inotify_init1",
)


class Unavailable(OSError):  # noqa: N818
    """This system cannot wall a process in; the message says what it lacks."""


@dataclass(frozen=True)
class Limits:
    """What a submission may use.

    memory : bytes of address space beyond what the process has when it begins
    cpu : seconds of the processor
    threads : at once
    file : bytes of a file, and of all its files together
    files : how many of them
    """

    memory: int = 2**30
    cpu: int = 300
    threads: int = 64
    file: int = 64 * 2**20
    files: int = 10_000


_libc = ctypes.CDLL(None, use_errno=True)


def _call(function: str, *args: Any) -> int:
    """A function of the C library; of its errors, an exception."""
    result: int = getattr(_libc, function)(*args)
    if result < 0:
        code = ctypes.get_errno()
        raise Unavailable(code, f"{function}: {os.strerror(code)}")
    return result


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    encoded = [None if text is None else text.encode() for text in (source, target, kind)]
    _call("mount", *encoded, ctypes.c_ulong(flags), None if data is None else data.encode())


# --- a root of its own ----------------------------------------------------------------------------


def wall_in(readable: Iterable[Path]) -> None:
    """Leave everything behind but these folders, Python's and the system's libraries, which can be read.

    Raises
    ------
    Unavailable
        If the system does not allow it: no Linux, or a container that is locked down.
    """
    if sys.platform != "linux":
        raise Unavailable("this system has no namespaces")
    if os.geteuid() == 0:
        _call("unshare", _NEWNS | _NEWIPC | _NEWNET | _NEWUTS)
    else:
        user, group = os.geteuid(), os.getegid()
        _call("unshare", _NEWUSER | _NEWNS | _NEWIPC | _NEWNET | _NEWUTS)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    _mount(None, "/", None, _REC | _PRIVATE)
    root = "/proc"  # a folder that there always is, and that is not needed any more: nothing is left of it
    _mount("none", root, "tmpfs", _NOSUID | _NODEV, "mode=755,size=4m")
    system = map(Path, ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/dev/null", "/dev/zero", "/dev/urandom"))
    for path in _outermost([*system, Path(sys.prefix), Path(sys.base_prefix), *readable]):
        _show(path, root)
    (Path(root) / SCRATCH[1:]).mkdir()
    with contextlib.suppress(FileExistsError):  # the course itself may lie below /tmp
        (Path(root) / "tmp").symlink_to(SCRATCH)
    old = Path(root) / "old"
    old.mkdir()
    with contextlib.suppress(KeyError):
        _call("syscall", ctypes.c_long(_PIVOT_ROOT[os.uname().machine]), root.encode(), str(old).encode())
    os.chdir("/")
    _call("umount2", b"/old", _DETACH)
    os.rmdir("/old")
    _mount(None, "/", None, _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)
    os.environ.clear()
    os.environ.update(HOME=SCRATCH, TMPDIR=SCRATCH, PATH="", LANG="C.UTF-8", OPENBLAS_NUM_THREADS="1")


def _outermost(paths: Iterable[Path]) -> list[Path]:
    """Those that there are, in their order, without those that lie in another."""
    there = [path for path in dict.fromkeys(paths) if path.exists()]
    return [path for path in there if not any(other in path.parents for other in there)]


def _show(path: Path, root: str) -> None:
    """Let the path be read below the new root, links as links."""
    target = Path(root) / str(path)[1:]
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        target.symlink_to(os.readlink(path))
        return
    target.mkdir(exist_ok=True) if path.is_dir() else target.touch()
    _mount(str(path), str(target), None, _BIND | _REC)
    kept = sum(flag for known, flag in _KEEP.items() if os.statvfs(path).f_flag & known)
    device = str(path).startswith("/dev/")
    _mount(None, str(target), None, _REMOUNT | _BIND | _RDONLY | _NOSUID | kept | (0 if device else _NODEV))


# --- a process for each submission ----------------------------------------------------------------


def fork_apart(work: Callable[[], None]) -> int:
    """Do the work in a child that is the first of its own processes: when it ends, all end. Its keeper's number.

    The keeper ends as its child ends, with 0 if the work was done. Both are a group of processes, to be ended by
    `os.killpg`.
    """
    keeper = os.fork()
    if keeper:
        with contextlib.suppress(OSError):  # one of the two is the first to do it
            os.setpgid(keeper, keeper)
        return keeper
    code = 1
    try:
        os.setpgid(0, 0)
        _call("prctl", _PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _call("unshare", _NEWPID | _NEWNS | _NEWIPC)
        child = os.fork()
        if child == 0:
            work()
            code = 0
        else:
            code = bool(os.waitpid(child, 0)[1])
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def system_calls() -> Any:
    """The filter of system calls, by libseccomp: to be made before `wall_in`, which leaves that behind.

    Raises
    ------
    Unavailable
        If there is no libseccomp.
    """
    try:
        import pyseccomp  # type: ignore[import-untyped]  # it looks for libseccomp
    except (ImportError, RuntimeError) as error:
        raise Unavailable(f"no libseccomp: {error}") from None
    calls = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in _FORBIDDEN:
        with contextlib.suppress(RuntimeError, OSError):  # this processor has no such call
            calls.add_rule(pyseccomp.ERRNO(1), name)
    calls.add_rule(pyseccomp.ERRNO(38), "clone3")  # "not implemented": then clone is asked, whose flags can be seen
    calls.add_rule(pyseccomp.ERRNO(1), "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, _THREAD, 0))
    return calls


def confine(limits: Limits, user: int, calls: Any) -> None:
    """Give up all rights, in a child that `fork_apart` has made; what was root's becomes this user's.

    calls : the `system_calls` that are left

    Raises
    ------
    Unavailable
        If the system does not allow it.
    """
    _mount("none", SCRATCH, "tmpfs", _NOSUID | _NODEV, f"mode=1777,size={limits.file},nr_inodes={limits.files}")
    os.chdir(SCRATCH)
    if os.geteuid() == 0:
        os.setgroups([])
        _drop_bounds()
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    else:
        _drop_bounds()
    _drop_capabilities()
    _call("prctl", _PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # not before: who becomes another user loses it
    _call("prctl", _NO_NEW_PRIVS, 1, 0, 0, 0)
    _call("prctl", _DUMPABLE, 0, 0, 0, 0)
    restrict(limits)
    resource.setrlimit(resource.RLIMIT_NPROC, (limits.threads, limits.threads))
    calls.load()


def restrict(limits: Limits) -> None:
    """Set the limits that a system without walls has, too; that of threads would count all of a user's.

    Raises
    ------
    ValueError, OSError
        If the system does not have them: macOS, for one, knows no limit of memory.
    """
    for kind, most in (
        (resource.RLIMIT_AS, _address_space() + limits.memory),
        (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def keep_only(descriptor: int) -> None:
    """Close all files and sockets but this one; what is read from the console is empty, and what goes there is lost."""
    null = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(null, standard)
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def _drop_bounds() -> None:
    for capability in range(_CAPABILITIES):
        with contextlib.suppress(Unavailable):  # the kernel has fewer
            _call("prctl", _CAPBSET_DROP, capability, 0, 0, 0)


def _drop_capabilities() -> None:
    """capset, of <linux/capability.h>: version 3, this process, none."""
    header, none = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    _call("capset", ctypes.byref(header), ctypes.byref(none))


def _address_space() -> int:
    """The bytes that this process has mapped: there is no /proc to ask, so what it used at most is taken four times."""
    return 4 * 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
