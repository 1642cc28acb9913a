#!/usr/bin/env bash
# The proof that the README's two commands do all the set-up: in a fresh Debian tree that holds
# only the minimum and python3, both are run from a clean clone of the last commit.
#
#   sudo scripts/fresh_tree.sh [SCRATCH-FOLDER]
#
# Needs root and debootstrap. Package indexes are reached as this machine reaches them: its apt,
# pip and npm settings and certificates are copied into the tree, whatever they are. The mounts
# live in a namespace of their own, so they end with the script, however it ends. The log is
# SCRATCH-FOLDER/fresh-tree.log; KEEP_TREE=1 leaves the tree there.
set -euo pipefail

suite=bookworm
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=${1:-$(mktemp -d)}
tree=$scratch/fresh-tree
log=$scratch/fresh-tree.log

say() { printf '== %s\n' "$*" | tee -a "$log"; }
fail() { printf 'fresh_tree: %s\n' "$*" >&2; exit 3; }

mirror() { # where this machine's own apt gets the suite's main packages
  apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
    awk -v suite="$suite" '$2 == suite && $3 == "main" { print $1; exit }'
}

copy() { # the same path inside the tree, for each that exists here
  local path
  for path in "$@"; do
    [ -e "$path" ] || continue
    mkdir -p "$tree$(dirname "$path")"
    cp -aL --no-preserve=ownership "$path" "$tree$(dirname "$path")/"
  done
}

copy_settings() {
  rm -rf "$tree/etc/apt/sources.list" "$tree/etc/apt/sources.list.d"
  copy /etc/resolv.conf /etc/hosts /etc/ssl/certs /usr/local/share/ca-certificates
  copy /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/auth.conf /etc/apt/auth.conf.d
  copy /etc/apt/keyrings /etc/apt/trusted.gpg.d
  { grep -ls '^ *Acquire' /etc/apt/apt.conf /etc/apt/apt.conf.d/* || true; } |
    while read -r file; do copy "$file"; done
  copy /etc/pip.conf "$HOME/.config/pip" "$HOME/.pip" "$HOME/.npmrc" /etc/npmrc
  global_npmrc=$(npm config get globalconfig 2>/dev/null || true)
  copy "${global_npmrc:-/nowhere}"
}

settings() { # the variables of this machine that say how packages are reached, one a line
  env | grep -iE '^(PIP_|NPM_CONFIG_|NODE_EXTRA_CA|SSL_CERT_|REQUESTS_CA|CURL_CA|[a-z]+_PROXY=)' ||
    true
  if [ -n "${global_npmrc:-}" ]; then echo "npm_config_globalconfig=$global_npmrc"; fi
}

local_indexes() { # folders of this machine that its pip settings name
  python3 -m pip config list 2>/dev/null | grep -oE "/[^' ]+" | sed -E 's#^/+#/#; s#/simple$##' |
    sort -u | while read -r path; do
    if [ -d "$path" ]; then printf '%s\n' "$path"; fi
  done
}

inside() { # runs in its own mount and process namespace
  local path variables
  mount -t proc proc "$tree/proc"
  mount --rbind /dev "$tree/dev"
  local_indexes | while read -r path; do
    mkdir -p "$tree$path"
    mount --bind -o ro "$path" "$tree$path"
  done
  mapfile -t variables < <(settings)
  chroot "$tree" /usr/bin/env -i HOME="$HOME" LANG=C.UTF-8 CI=true \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    "${variables[@]}" /bin/bash -euc "
      cd /srv/project
      echo '== python3 make_booklet.py'; time python3 make_booklet.py
      echo '== again, now set up'; time python3 make_booklet.py --version
      echo '== python3 -m tests'; time python3 -m tests
      echo '== what there is'; python3 make_booklet.py doctor
    " </dev/null
}

has_output() {
  local ending
  for ending in large-print-A4.pdf large-print-Letter.pdf ebook.epub; do
    [ -n "$(find "$tree/srv/project/output" -name "*$ending" -size +10k)" ] ||
      fail "no file $ending was built"
  done
  [ -s "$tree/srv/project/output/manifest.json" ] || fail "no manifest was written"
}

clean() {
  # The mounts were never visible here, so nothing of this machine is below the tree.
  [ -n "${KEEP_TREE:-}" ] || rm -rf --one-file-system "$tree"
}

main() {
  [ "$(id -u)" = 0 ] || fail "root is needed, for debootstrap and chroot"
  command -v debootstrap >/dev/null || fail "debootstrap is needed: apt-get install debootstrap"
  mkdir -p "$scratch"
  : >"$log"
  rm -rf --one-file-system "$tree"
  trap clean EXIT
  say "a fresh tree of Debian $suite"
  debootstrap --variant=minbase --include=python3 "$suite" "$tree" "$(mirror)" >>"$log" 2>&1 ||
    fail "debootstrap failed; see $log"
  copy_settings
  say "a clean clone of $(git -C "$project" rev-parse --short HEAD)"
  git clone --quiet --no-hardlinks "$project" "$tree/srv/project"
  chown -R 0:0 "$tree/srv/project"
  export -f inside settings local_indexes
  export tree global_npmrc
  unshare --mount --pid --fork --kill-child bash -euo pipefail -c inside 2>&1 | tee -a "$log"
  has_output
  say "both commands succeeded on a fresh tree"
}

main
