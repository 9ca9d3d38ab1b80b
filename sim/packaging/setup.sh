# shellcheck shell=bash
# What ./run and ./test share: Debian packages and builds. Sourced, never run. Everything is said on standard error, so that the
# output of `./run export ...` stays clean. Needs `root`, the folder of the repository.
: "${root:?}"

say() { printf '%s\n' "$*" >&2; }

# packages_of <group>...   the packages of these groups of debian-packages.txt
packages_of() {
  local group
  for group in "$@"; do
    awk -v wanted="[$group]" '/^\[/ { on = ($1 == wanted) } on && /^[a-z0-9]/ { print $1 }' \
      "$root/sim/packaging/debian-packages.txt"
  done
}

# missing_of <package>...   those that are not installed
missing_of() {
  local known
  known=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  local package
  for package in "$@"; do
    grep -qxF -- "$package installed" <<<"$known" || printf '%s\n' "$package"
  done
}

# need_packages <group>...   installs what is missing, and only that; ends with exit code 2 where it cannot
need_packages() {
  if ! command -v dpkg-query >/dev/null; then
    say "This is not a Debian system: packages are not checked (sim/packaging has recipes for conda, spack and Apptainer)."
    return
  fi
  local wanted missing
  mapfile -t wanted < <(packages_of "$@")
  mapfile -t missing < <(missing_of "${wanted[@]}")
  if ((${#missing[@]} == 0)); then return; fi

  local install=(apt-get install -y --no-install-recommends "${missing[@]}")
  local as_root=()
  if [[ $(id -u) != 0 ]]; then
    if ! command -v sudo >/dev/null; then
      say "${#missing[@]} Debian packages are missing, and installing them needs root or sudo. Ask an administrator to run:"
      say "    apt-get update && ${install[*]}"
      exit 2
    fi
    as_root=(sudo)
  fi
  say "Installing ${#missing[@]} missing Debian packages${as_root[0]+ with sudo}: ${missing[*]}"
  if ! "${as_root[@]}" apt-get update -qq >&2; then
    say "The package lists could not be refreshed; trying with those at hand."
  fi
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" >&2; then
    say "The packages could not be installed. When the cause above is mended, run:"
    say "    ${as_root[0]+sudo }apt-get update && ${as_root[0]+sudo }${install[*]}"
    exit 2
  fi
}

# made_here <preset>   whether build/<preset> is configured and belongs to this folder: a build remembers where it was made
made_here() {
  [[ -f $root/build/$1/build.ninja ]] && grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$root/build/$1/CMakeCache.txt"
}

# configure <preset> [cmake options]   creates build/<preset>, anew where the repository was moved or copied
configure() {
  local preset=$1
  shift
  if [[ -e $root/build/$preset ]] && ! made_here "$preset"; then rm -rf "${root:?}/build/$preset"; fi
  (cd "$root" && cmake --preset "$preset" "$@")
}

# build <preset> [target]...   compiles; configures again by itself where a CMake file changed. One build of a preset at a time.
build() {
  local preset=$1
  shift
  (flock 9 && cmake --build "$root/build/$preset" ${1+--target "$@"}) 9>"$root/build/$preset.lock"
}
