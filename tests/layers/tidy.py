"""clang-tidy 14 on every source of the project that a build compiles, several at a time.

    tidy.py --build FOLDER [--jobs N] [FILE...]         exit code 1 when a check complains

The build is a unity build: most of the time goes into the headers of the libraries, and so they are read once for several sources.
What passed is not read again until a source, a header of ours that it includes (by any way), its compile command, the list of checks
or clang-tidy changes: the fingerprints of what passed are kept in <build>/tidy.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(rb'^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"', re.MULTILINE)


def with_headers(file, seen):
    """`seen` after adding the file and every header of ours that it includes."""
    if file in seen or not file.is_file():
        return seen
    seen.add(file)
    for name in INCLUDE.findall(file.read_bytes()):
        with_headers(ROOT / name.decode(), seen)
    return seen


def fingerprint(entry, salt):
    digest = hashlib.sha256(salt)
    digest.update(entry["command"].encode())
    for file in sorted(with_headers(pathlib.Path(entry["file"]), set())):
        digest.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def name_of(file, build):
    """The file as messages call it: for several sources compiled together, the target."""
    return file.relative_to(ROOT if file.is_relative_to(ROOT) and not file.is_relative_to(build) else build).as_posix()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("files", nargs="*", help="only these")
    arguments = parser.parse_args()

    program = shutil.which("clang-tidy-14")
    if program is None:
        print("clang-tidy-14 is not installed: apt-get install clang-tidy-14")
        return 2
    build = arguments.build.resolve()
    passed_folder = build / "tidy"
    passed_folder.mkdir(exist_ok=True)
    salt = subprocess.run([program, "--version"], capture_output=True, check=True).stdout
    salt += (ROOT / ".clang-tidy").read_bytes() + (ROOT / "tests" / ".clang-tidy").read_bytes()

    wanted = {pathlib.Path(file).resolve() for file in arguments.files}
    work = []
    for entry in json.loads((build / "compile_commands.json").read_text()):
        file = pathlib.Path(entry["file"])
        ours = file.is_relative_to(ROOT) and not file.is_relative_to(build)
        if (ours or file.parent.name == "Unity") and (not wanted or wanted & with_headers(file, set())):
            work.append((file, passed_folder / fingerprint(entry, salt)))
    if not work:
        print("no source to check")
        return 2
    open_work = [(file, mark) for file, mark in work if not mark.exists()]
    # Several sources together come first, so that no core is left alone with them at the end.
    open_work.sort(key=lambda item: item[0].parent.name != "Unity")

    def check(item):
        file, mark = item
        start = time.monotonic()
        result = subprocess.run([program, "-p", str(build), "--quiet", str(file)], capture_output=True, text=True, check=False)
        if result.returncode == 0 and not result.stdout.strip():
            mark.touch()
            return file, time.monotonic() - start, ""
        return file, time.monotonic() - start, result.stdout or result.stderr

    failed = 0
    slowest = (0.0, "")
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for file, seconds, text in pool.map(check, open_work):
            slowest = max(slowest, (seconds, name_of(file, build)))
            if text:
                failed += 1
                print(text.replace(f"{ROOT}/", "").strip(), flush=True)
    keep = {mark.name for _, mark in work}
    for mark in passed_folder.iterdir():
        if not wanted and mark.name not in keep:
            mark.unlink()
    print(f"clang-tidy: {len(work)} units, {len(work) - len(open_work)} unchanged since they passed, {failed} with complaints"
          + (f"; the slowest was {slowest[1]}, {slowest[0]:.0f} s" if open_work else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
