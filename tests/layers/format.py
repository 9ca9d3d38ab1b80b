"""clang-format 14 on all sources: says which lines it would change (exit code 1), or changes them with --fix."""

import pathlib
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
    mode = ["-i"] if "--fix" in sys.argv[1:] else ["--dry-run", "-Werror"]
    result = subprocess.run([program, "--style=file", *mode, *files], cwd=layers.ROOT, check=False)
    if result.returncode != 0:
        print("cmake --build <build folder> --target format_fix puts this right")
    return 1 if result.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
