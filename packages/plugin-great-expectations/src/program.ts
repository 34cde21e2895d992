/**
 * What Python runs: `<folder of great_expectations.yml> <report> <checkpoint>...`. It validates what the checkpoints
 * name (all validations, where there is no checkpoint), without their actions (which send messages), and writes no value
 * of the data but numbers.
 */
export const PROGRAM: string = String.raw`
import contextlib
import io
import json
import os
import re
import sys

folder, report, *names = sys.argv[1:]
with open(os.path.join(folder, "great_expectations.yml"), encoding="utf-8") as file:
    declared = re.search(r"^config_version: *[\"']?(\d+)", file.read(), re.MULTILINE)
if declared and int(declared[1]) < 4:
    sys.exit("the data context is one of Great Expectations 0 (config_version " + declared[1] + "), releases from 1.0 on are used")

import great_expectations as gx

context = gx.get_context(context_root_dir=folder, cloud_mode=False)
checkpoints = [context.checkpoints.get(name) for name in names] or list(context.checkpoints.all())


def suite_file(name):
    try:
        base = context.expectations_store.store_backend.full_base_directory
    except AttributeError:
        base = os.path.join(folder, "expectations")
    path = os.path.join(base, *(name + ".json").split("/"))
    return os.path.relpath(path, folder).replace(os.sep, "/")


def line_of(path, identifier):
    try:
        with open(os.path.join(folder, path), encoding="utf-8") as file:
            lines = file.read().splitlines()
    except OSError:
        return None
    found = [number for number, line in enumerate(lines, 1) if identifier and '"' + identifier + '"' in line]
    return found[0] if found else None


def exception_of(info):
    if not isinstance(info, dict):
        return None
    parts = [info] + [part for part in info.values() if isinstance(part, dict)]
    said = [part.get("exception_message") for part in parts if part.get("raised_exception")]
    return str(said[0] or "it raised an exception").strip().splitlines()[0] if said else None


def number_of(value):
    return value if isinstance(value, (int, float)) and value == value and abs(value) != float("inf") else None


def columns_of(kwargs):
    values = [kwargs.get(key) for key in ("column", "column_A", "column_B", "column_list", "column_set")]
    flat = [each for value in values for each in (value if isinstance(value, (list, tuple, set)) else [value])]
    return [str(each) for each in flat if each is not None]


def entry_of(checkpoint, validation, suite, result):
    config = result.expectation_config
    values = result.result or {}
    path = suite_file(suite)
    severity = getattr(config, "severity", None)
    return {
        "checkpoint": checkpoint,
        "validation": validation,
        "suite": suite,
        "file": path,
        "line": line_of(path, config.id),
        "expectation": config.type,
        "columns": columns_of(config.kwargs),
        "severity": str(getattr(severity, "value", severity)) if severity is not None else None,
        "success": bool(result.success),
        "exception": exception_of(result.exception_info),
        "observed": number_of(values.get("observed_value")),
        "unexpected": number_of(values.get("unexpected_count")),
        "elements": number_of(values.get("element_count")),
    }


def asked(definition, name, **options):
    if getattr(definition.asset, "type", None) == "dataframe":
        sys.exit("the validation " + definition.name + " is of a dataframe, which a program of the project has to hand over")
    # Its progress bars cannot be turned off from outside.
    with contextlib.redirect_stderr(io.StringIO()):
        outcome = definition.run(**options)
    return [entry_of(name, definition.name, definition.suite.name, each) for each in outcome.results]


entries = []
for checkpoint in checkpoints:
    for definition in checkpoint.validation_definitions:
        options = {"checkpoint_id": checkpoint.id, "result_format": checkpoint.result_format}
        entries += asked(definition, checkpoint.name, **options)
if not checkpoints:
    for definition in context.validation_definitions.all():
        entries += asked(definition, None)

with open(report, "w", encoding="utf-8") as file:
    json.dump({"version": 1, "checkpoints": [each.name for each in checkpoints], "results": entries}, file)
`.trimStart();
