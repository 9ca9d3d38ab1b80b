"""clang-format 14 on all sources: says which lines it would change (exit code 1), or changes them with --fix."""

import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import layers  # noqa: E402


def main():
    program = shutil.which("clang-format-14")
    if program is None:
        print("skipped: clang-format-14 is not installed (other versions format differently)")
        return 77
    files = layers.Repository(layers.ROOT).sources()
    if "--fix" in sys.argv[1:]:
        return subprocess.run([program, "--style=file", "-i", *files], cwd=layers.ROOT, check=False).returncode
    result = subprocess.run([program, "--style=file", "--dry-run", *files], cwd=layers.ROOT, check=False, stderr=subprocess.PIPE, text=True)
    places = re.findall(r"^(\S+?):(\d+):\d+: warning: ", result.stderr, re.MULTILINE)
    for file, line in sorted(set(places), key=lambda place: (place[0], int(place[1]))):
        print(f"{file}:{line}: error: clang-format would write this differently")
    if places:
        print("cmake --build <build folder> --target format_fix puts this right")
    elif result.returncode != 0:
        print(result.stderr)
    return 1 if places or result.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
