"""Prints what pip wrote down about every editable installation: name, folder, and the names that it requires."""

import json
import re
from importlib.metadata import distributions
from urllib.parse import urlsplit
from urllib.request import url2pathname

found = []
for distribution in distributions():
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    if not origin.get("dir_info", {}).get("editable"):
        continue
    requires = [re.match(r"[A-Za-z0-9._-]+", line).group() for line in distribution.requires or []]
    name = distribution.metadata["Name"]
    found.append({"name": name, "folder": url2pathname(urlsplit(origin["url"]).path), "requires": requires})
print(json.dumps(found))
