#!/bin/sh
# Starts the Terraform provider on the node of this machine, whatever the surroundings. Uses nothing but the shell itself.
# Terraform shows the first line on stdout where a provider does not start, so what is missing is said there.

# A link to this file stands for the file: what belongs to it lies beside that.
self=$0
while [ -h "$self" ]; do
  target=$(readlink "$self") || break
  case $target in
    /*) self=$target ;;
    *) self=${self%/*}/$target ;;
  esac
done
here=${self%/*}

# NODE_OPTIONS is made for other programs: loaders and preloads of it break or print into the first line. What concerns
# certificates, addresses and memory is kept where every Node knows it.
kept=
set -f
for option in ${NODE_OPTIONS:-}; do
  case $option in
    --use-openssl-ca | --use-bundled-ca | --dns-result-order=ipv4first | --dns-result-order=verbatim) kept="$kept $option" ;;
    --use-system-ca) NODE_USE_SYSTEM_CA=1 && export NODE_USE_SYSTEM_CA ;;
    # Not a number, or under 100 MB, in which no provider starts.
    --max-old-space-size=*[!0-9]* | --max-old-space-size= | --max-old-space-size=? | --max-old-space-size=??) ;;
    --max-old-space-size=*) kept="$kept $option" ;;
  esac
done
set +f
unset NODE_OPTIONS
[ -z "$kept" ] || { NODE_OPTIONS=$kept && export NODE_OPTIONS; }
# A worker of another Node program does not listen by itself: it asks that program for its socket.
unset NODE_UNIQUE_ID NODE_CHANNEL_FD NODE_CHANNEL_SERIALIZATION_MODE
# With these, Node prints every request with its credentials to stderr, and Terraform puts that into TF_LOG.
unset NODE_DEBUG NODE_DEBUG_NATIVE

if [ -n "${GENESYSCLOUD_COMPLIANCE_NODE:-}" ]; then
  node=$GENESYSCLOUD_COMPLIANCE_NODE
  if [ ! -x "$node" ] || [ -d "$node" ]; then
    echo "genesyscloud-compliance: GENESYSCLOUD_COMPLIANCE_NODE is \"$node\", which is not a program. Set it to the path of node (version 20 or later), or unset it."
    exit 1
  fi
else
  node=$(command -v node)
  for known in "${NVM_BIN:-}/node" "${HOME:-}/.volta/bin/node" /usr/local/bin/node /opt/homebrew/bin/node /usr/bin/node /snap/bin/node; do
    [ -z "$node" ] || break
    [ ! -x "$known" ] || node=$known
  done
  if [ -z "$node" ]; then
    echo "genesyscloud-compliance: this provider needs Node.js 20 or later, and there is no \"node\" on PATH (${PATH:-PATH is empty}). Install Node.js, set GENESYSCLOUD_COMPLIANCE_NODE to its path, or install the executable for this platform, which needs no Node.js."
    exit 1
  fi
fi

exec "$node" "$here/start.cjs" "$@"
