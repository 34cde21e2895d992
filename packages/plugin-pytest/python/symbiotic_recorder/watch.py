"""What a process looks at while it runs: files, folders, names, programs, the network. Python tells of most of it; the rest is wrapped."""

import importlib
import importlib.util
import os
import sys
import threading
import time

from . import callers

PROGRAMS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn", "os.startfile"}
#: Which of the arguments are paths that become others.
CHANGES = {
    "os.remove": (0,), "os.rename": (0, 1), "os.rmdir": (0,), "os.mkdir": (0,), "os.link": (1,), "os.symlink": (1,),
    "os.truncate": (0,), "os.chmod": (0,), "os.utime": (0,), "shutil.rmtree": (0,),
}  # fmt: skip
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: Libraries that open files without a word.
SILENT = ("lxml.etree", "h5py", "netCDF4", "osgeo", "cv2", "pyarrow", "dbm.gnu", "_gdbm")


class Seen:
    """What was looked at: places in the tree."""

    def __init__(self):
        #: Read.
        self.files = set()
        #: Looked for: whether something is there.
        self.kinds = set()
        #: Looked at without being read: how long it is, who may run it.
        self.stats = set()
        #: Listed, by names.
        self.folders = set()
        #: Listed, with what is known of each in it.
        self.measured = set()
        #: Read by Python's import: code, if it became a module.
        self.sources = set()

    def told(self):
        return {name: sorted(places) for name, places in vars(self).items()}


class Mine(threading.local):
    """What one thread is at."""

    #: Finding the place of a path.
    busy = False
    #: What traces the run was set again by who had taken it away.
    given_back = False


class Watch:
    """One a process: a hook of Python's cannot be taken away, only be told to look away."""

    def __init__(self, tree):
        self.tree = tree
        self.on = False
        self.mine = Mine()
        #: The test file that is collected now.
        self.collects = None
        #: When the run began.
        self.started = time.time()
        self.reset()

    def reset(self):
        self.seen = Seen()
        self.of = {}
        self.by = {}
        self.words = set()
        self.imports = set()
        self.evidence = {}
        self.bound = False

    def start(self):
        sys.addaudithook(self.heard)
        for name in ("stat", "lstat", "access", "readlink"):
            wrap(name, self.looked)
        wrap("open", self.opened_within)
        self.wrap_import()
        self.on = True

    def start_child(self):
        """What is only loaded by now is wrapped, or said."""
        self.reset()
        for name in SILENT:
            if name in sys.modules:
                self.say("loads a library that opens files by itself", name)
        ssl = sys.modules.get("ssl")
        if ssl is not None:
            for name in ("load_verify_locations", "load_cert_chain"):
                wrap_method(ssl.SSLContext, name, self.read_silently)
        self.on = True

    def say(self, why, detail=""):
        self.evidence.setdefault(why, str(detail)[:200])

    def place(self, path):
        """Of what the repository itself looks at, and not pytest or Python's import for it."""
        if isinstance(path, int) or not isinstance(path, (str, bytes)):
            return None
        place = self.tree.place(path)
        return None if place is None or callers.is_foreign() else place

    def target(self):
        """
        Where what is seen now belongs, where no other file of the repository than the one that is collected has a part in it: to that
        file as a module, where its code runs, for all who import it; else to how it is collected.
        """
        if self.collects is None:
            return self.seen
        runs = callers.of_repository(self.tree)
        if runs - {self.collects}:
            return self.seen
        return (self.by if runs else self.of).setdefault(self.collects, Seen())

    def heard(self, event, args):
        if not self.on:
            return
        if event == "open":
            self.opened(*args[:3])
        elif event in ("os.listdir", "os.scandir"):
            self.listed(event, args[0])
        elif event == "import":
            self.words.update(str(args[0]).split("."))
        elif event in PROGRAMS:
            if not callers.asks_system():
                self.say("starts programs", first_word(args))
        elif event in CHANGES:
            for at in CHANGES[event]:
                self.changed(args[at], args[-1])
        elif event == "sys.settrace":
            self.traced()
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
            if has_folder(args[0]) and self.tree.place(args[0]) is not None:
                self.say("loads a library that is built from the tree", args[0])
        elif event == "sqlite3.connect":
            if not is_memory(args[0]) and self.tree.place(args[0]) is not None:
                self.say("opens a database in the tree", args[0])

    def traced(self):
        """Where coverage's tracer is set by its name, it sets itself once more, from within whatever runs next."""
        if callers.gives_back_tracer():
            self.mine.given_back = True
        elif self.mine.given_back and type(sys.gettrace()).__name__ == "CTracer":
            self.mine.given_back = False
        else:
            self.say("sets a tracer of its own")

    def opened(self, path, mode, flags):
        if isinstance(path, int) or (isinstance(path, (str, bytes)) and self.tree.place(path) is None):
            return
        if (isinstance(mode, str) and any(one in mode for one in "wax+")) or (mode is None and flags & WRITES):
            self.changed(path)
            return
        place = self.place(path)
        if place is not None:
            self.target().files.add(place)
        elif callers.is_import():
            self.seen.sources.add(self.tree.place(path))

    def opened_within(self, path, folder):
        """By a path that begins in an open folder, of which nobody tells where it is."""
        if self.on and folder is not None and not callers.is_library():
            self.say("opens files by an open folder", path)

    def read_silently(self, *paths):
        for path in paths if self.on else ():
            place = self.tree.place(os.fspath(path)) if isinstance(path, (str, bytes, os.PathLike)) else None
            if place is not None:
                self.seen.files.add(place)

    def changed(self, path, folder=-1):
        # Of a path that begins in an open folder nobody tells where that is; what opened the folder was seen.
        if isinstance(folder, int) and folder >= 0:
            return
        place = self.tree.place(path) if isinstance(path, (str, bytes)) else None
        if place is not None:
            self.say("writes into the tree", place)

    def listed(self, event, path):
        place = self.place("." if path is None else path)
        if place is not None:
            target = self.target()
            (target.folders if event == "os.listdir" or callers.is_library() else target.measured).add(place)

    def looked(self, path, folder):
        if not self.on or self.mine.busy or not isinstance(path, (str, bytes, os.PathLike)) or folder is not None:
            return
        # To find the place of a path is to look at folders.
        self.mine.busy = True
        try:
            place = self.place(os.fspath(path))
            if place is not None and place != ".":
                target = self.target()
                (target.kinds if callers.only_asks_whether() else target.stats).add(place)
        finally:
            self.mine.busy = False

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
        tell(path, kwargs.get("dir_fd"))
        return inner(path, *args, **kwargs)

    wrapped.__name__ = name
    setattr(os, name, wrapped)
    for group in (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks):
        if inner in group:
            group.add(wrapped)


def wrap_method(owner, name, tell):
    inner = getattr(owner, name)

    def wrapped(self, *args, **kwargs):
        tell(*args, *kwargs.values())
        return inner(self, *args, **kwargs)

    wrapped.__name__ = name
    setattr(owner, name, wrapped)


def is_memory(database):
    return database == ":memory:" or (isinstance(database, str) and database.startswith("file:") and "mode=memory" in database)


def has_folder(library):
    """Whether a library is named by where it is: others are looked for in the folders of the system."""
    return isinstance(library, (str, bytes)) and os.path.dirname(library) not in ("", b"")


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
