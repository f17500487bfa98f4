"""Processes that must not outlive the one that started them."""

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(how: signal.Signals) -> None:
    """Ask the kernel (Linux) to signal this process when its parent is killed."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, how)
