"""What a process looks at while it runs: files, folders, names, programs, the network. Python tells of most of it; the rest is wrapped."""

import importlib
import importlib.util
import os
import sys
import threading

PROGRAMS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn", "os.startfile"}
#: Which of the arguments are paths that become others.
CHANGES = {
    "os.remove": (0,), "os.rename": (0, 1), "os.rmdir": (0,), "os.mkdir": (0,), "os.link": (1,), "os.symlink": (1,),
    "os.truncate": (0,), "os.chmod": (0,), "os.utime": (0,), "shutil.rmtree": (0,),
}  # fmt: skip
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
LOADERS = ("<frozen importlib", "importlib/", "importlib\\")


class Watch:
    """One a process: a hook of Python's cannot be taken away, only be told to look away."""

    def __init__(self, tree):
        self.tree = tree
        self.on = False
        self.busy = threading.local()
        self.reset()

    def reset(self):
        self.files = set()
        self.kinds = set()
        self.folders = set()
        self.words = set()
        self.imports = set()
        self.evidence = {}
        self.bound = False

    def start(self):
        sys.addaudithook(self.heard)
        for name in ("stat", "lstat", "access", "readlink"):
            wrap(name, self.looked)
        self.wrap_import()
        self.on = True

    def say(self, why, detail=""):
        self.evidence.setdefault(why, str(detail)[:200])

    def heard(self, event, args):
        if not self.on:
            return
        if event == "open":
            self.opened(*args[:3])
        elif event in ("os.listdir", "os.scandir"):
            self.listed(args[0])
        elif event == "import":
            self.words.update(str(args[0]).split("."))
        elif event in PROGRAMS:
            self.say("starts programs", first_word(args))
        elif event in CHANGES:
            for at in CHANGES[event]:
                self.changed(args[at], args[-1])
        elif event == "sys.settrace":
            if not is_coverage():
                self.say("sets a tracer of its own")
        else:
            self.heard_more(event, args)

    def heard_more(self, event, args):
        if event == "socket.bind":
            self.bound = True
        elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            if not (self.bound and is_here(args[-1])):
                self.say("uses the network", args[-1])
        elif event == "socket.getaddrinfo":
            if not is_here(args[0]):
                self.say("uses the network", args[0])
        elif event == "ctypes.dlopen":
            if self.tree.place(args[0]) is not None:
                self.say("loads a library that is built from the tree", args[0])
        elif event == "sqlite3.connect":
            if not is_memory(args[0]) and self.tree.place(args[0]) is not None:
                self.say("opens a database in the tree", args[0])

    def opened(self, path, mode, flags):
        place = self.tree.place(path) if isinstance(path, (str, bytes)) else None
        if place is None:
            return
        if (isinstance(mode, str) and any(one in mode for one in "wax+")) or (mode is None and flags & WRITES):
            self.changed(path)
        elif not (place.endswith((".py", ".pyc")) and is_loading()):
            self.files.add(place)

    def changed(self, path, folder=-1):
        # Of a path that begins in an open folder nobody tells where that is; what opened the folder was seen.
        if isinstance(folder, int) and folder >= 0:
            return
        place = self.tree.place(path) if isinstance(path, (str, bytes)) else None
        if place is not None:
            self.say("writes into the tree", place)

    def listed(self, path):
        place = self.tree.place("." if path is None else path) if not isinstance(path, int) else None
        if place is not None:
            self.folders.add(place)

    def looked(self, path):
        if not self.on or getattr(self.busy, "now", False) or not isinstance(path, (str, bytes, os.PathLike)):
            return
        # To find the place of a path is to look at folders.
        self.busy.now = True
        try:
            place = self.tree.place(os.fspath(path))
        finally:
            self.busy.now = False
        if place is not None and place != ".":
            self.kinds.add(place)

    def wrap_import(self):
        """Of a module that is loaded already Python tells nothing."""
        inner = importlib.import_module

        def import_module(name, package=None):
            if self.on:
                caller = self.tree.place(sys._getframe(1).f_code.co_filename)
                whole = importlib.util.resolve_name(name, package) if name.startswith(".") and package else name
                self.words.update(whole.split("."))
                self.imports.add((caller, whole))
            return inner(name, package)

        importlib.import_module = import_module


def wrap(name, tell):
    inner = getattr(os, name)

    def wrapped(path, *args, **kwargs):
        if kwargs.get("dir_fd") is None:
            tell(path)
        return inner(path, *args, **kwargs)

    wrapped.__name__ = name
    setattr(os, name, wrapped)
    for group in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
        if inner in group:
            group.add(wrapped)


def is_loading():
    """Whether it is Python's own import that reads, or pytest's: code that is run counts by its parts."""
    frame = sys._getframe(2)
    for _ in range(6):
        frame = frame.f_back
        if frame is None:
            return False
        name = frame.f_code.co_filename
        if name.startswith(LOADERS[0]) or "_pytest/assertion/rewrite" in name.replace("\\", "/"):
            return True
    return False


def is_coverage():
    """Whether it is coverage that begins to trace another thread."""
    frame = sys._getframe(2)
    return "coverage" in frame.f_code.co_filename or frame.f_code.co_filename.endswith("threading.py")


def is_memory(database):
    return database == ":memory:" or (isinstance(database, str) and database.startswith("file:") and "mode=memory" in database)


def is_here(address):
    host = address[0] if isinstance(address, tuple) and address else address
    return host in ("127.0.0.1", "::1", "localhost", "", None, b"", b"localhost") or isinstance(address, (bytes, str)) and not host


def first_word(args):
    for one in args:
        if isinstance(one, (list, tuple)) and one:
            return os.fspath(one[0]) if isinstance(one[0], (str, os.PathLike)) else one[0]
        if isinstance(one, (str, bytes)):
            return one
    return ""
