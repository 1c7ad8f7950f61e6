"""The open data of the built site, read by the programs that its readers use: frictionless, the Open
Contracting Partnership's checker, and icalendar. Each prints a line as in TAP. Nothing is asked of
any network: what the OCDS checker would fetch is answered from tests/schemas.
"""

import io
import json
import os
import sys
import tempfile
import zipfile
from pathlib import Path

import icalendar
import requests
from frictionless import Package, system
from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(os.environ.get("SITE", ROOT / "target/site")).resolve()
OCDS = ROOT / "tests/schemas/ocds"

count = failed = 0


def report(name, faults):
    """Prints a line for a check, and its first faults."""
    global count, failed
    count += 1
    failed += bool(faults)
    print(f"{'not ok' if faults else 'ok'} {count} - {name}")
    for fault in faults[:20]:
        print(f"#   {fault}")


def tables(folder):
    """What frictionless has against the package and each row of its tables."""
    os.chdir(folder)
    package = Package("datapackage.json")
    found = package.validate()
    faults = [f"{error.title}: {error.message[:300]}" for error in found.errors]
    for task in found.tasks:
        faults += [f"{task.name}: {error.message[:300]}" for error in task.errors]
    rows = sum(task.stats.get("rows", 0) for task in found.tasks)
    return faults, len(found.tasks), rows


def answer_from_schemas():
    """Answers what is asked of the OCDS web site with the files beside the tests."""

    class Answer:
        def __init__(self, path):
            self.status_code, self.ok, self.content = 200, True, path.read_bytes()
            self.text = self.content.decode()

        def json(self, **options):
            return json.loads(self.text, **options)

        def raise_for_status(self):
            pass

    def get(url, *_, **__):
        name = url.split("#")[0].rsplit("/", 1)[1]
        for path in (OCDS / name, OCDS / "codelists" / name):
            if path.exists():
                return Answer(path)
        raise requests.ConnectionError(f"{url} is asked for")

    requests.get = get


def standard():
    """The schemas in the form in which the checker wants them: the archive of a release."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        # The checker takes the first entry for the folder of the rest.
        packed.writestr("standard/", "")
        for path in sorted(OCDS.rglob("*.*")):
            packed.write(path, f"standard/schema/{path.relative_to(OCDS)}")
    file = Path(tempfile.mkdtemp()) / "standard.zip"
    file.write_bytes(archive.getvalue())
    return file.as_uri()


def contracting(path):
    """What the checker of the Open Contracting Partnership has against a package."""
    answer_from_schemas()
    config = LibCoveOCDSConfig()
    config.config.update(standard_zip=standard(), context="api", additional_checks="all", skip_aggregates=False)
    with tempfile.TemporaryDirectory() as folder:
        found = ocds_json_output(folder, str(path), schema_version="", convert=False, lib_cove_ocds_config=config)
    faults = [json.dumps(error, ensure_ascii=False)[:300] for error in found.get("validation_errors") or []]
    for key in ("additional_closed_codelist_values", "unrecognized_version_data", "deprecated_fields"):
        if found.get(key):
            faults.append(f"{key}: {json.dumps(found[key], ensure_ascii=False)[:300]}")
    return faults, found


def calendar(path):
    """What icalendar has against a calendar."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    events = list(calendar.walk("VEVENT"))
    faults = [f"{path}: {error}" for part in calendar.walk() for error in part.errors]
    return faults + ([] if events else [f"{path}: no events"])


with system.use_context(trusted=False):
    faults, files, rows = tables(SITE)
    report(f"frictionless reads {rows} rows of {files} tables", faults or ([] if rows > 500 else ["few rows"]))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "datapackage.json").write_text('{"resources": [{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "a", "type": "integer"}]}}]}')
        Path(folder, "a.csv").write_text("a\nx\n")
        report("frictionless sees what is wrong", [] if tables(folder)[0] else ["it does not"])

faults, found = contracting(SITE / "data/ocds.json")
report(f"the OCDS checker reads {found.get('count')} records of version {found.get('version_used')}", faults or ([] if found.get("count") else ["no records"]))
with tempfile.TemporaryDirectory() as folder:
    package = json.loads((SITE / "data/ocds.json").read_text())
    package["records"][0]["releases"][0]["tag"] = ["gossip"]
    broken = Path(folder, "ocds.json")
    broken.write_text(json.dumps(package))
    report("the OCDS checker sees what is wrong", [] if contracting(broken)[0] else ["it does not"])

calendars = sorted(SITE.rglob("*.ics"))
report(f"icalendar reads {len(calendars)} calendars", [fault for path in calendars for fault in calendar(path)] or ([] if calendars else ["none"]))

print(f"1..{count}")
sys.exit(1 if failed else 0)
