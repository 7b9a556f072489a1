"""Processes that render side by side, and never outlive the command that started them."""

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor


def worker_pool(count):
    """An executor of `count` processes.

    They end when their parent does, even when it is killed: a later run then has the folder to itself.
    """
    return ProcessPoolExecutor(count, initializer=_end_with_the_parent)


def _end_with_the_parent():
    """A pool's idle workers would wait for ever on a queue whose other end they hold open themselves."""
    threading.Thread(target=lambda: (multiprocessing.parent_process().join(), os._exit(1)), daemon=True).start()
