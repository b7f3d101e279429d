# shellcheck shell=bash
# Debian packages for cross-building: installed where they are for this machine, only unpacked where they are for
# another. To be sourced; wants CROSS_HOME.

say() { echo "cross: $*" >&2; }

# Installs packages of this machine's own architecture that are missing.
install_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ "${#missing[@]}" = 0 ] && return
    if [ "$(id -u)" != 0 ]; then
        say "These packages are missing: ${missing[*]}. Install them (sudo apt install ${missing[*]}) and run this again."
        exit 3
    fi
    say "installing ${missing[*]}"
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
}

# apt with lists of its own and one architecture: dpkg and the system's lists stay as they are, and the broken index of
# one architecture on a mirror can't spoil the others (seen with armhf: apt then offered an older compiler for arm64).
foreign_apt() { # ARCHITECTURE TOOL ARGUMENTS…
    local architecture=$1 tool=$2 home=$CROSS_HOME/apt/$1
    shift 2
    mkdir -p "$home/lists/partial" "$home/cache/archives/partial" "$home/parts"
    local sources=/etc/apt/sources.list.d/debian.sources
    [ -e "$sources" ] || sources=/etc/apt/sources.list
    "$tool" -o APT::Architecture="$architecture" -o APT::Architectures="$architecture" -o Acquire::Languages=none \
        -o APT::Sandbox::User=root -o Dir::State::Lists="$home/lists" -o Dir::Cache="$home/cache" \
        -o Dir::Etc::SourceParts="$home/parts" -o Dir::Etc::SourceList="$sources" "$@"
}

# Downloads packages and unpacks them into a folder, once.
unpack() { # ARCHITECTURE FOLDER PACKAGE[=VERSION]…
    local architecture=$1 folder=$2 stamp package file
    shift 2
    stamp=$folder/.unpacked-$architecture-$(echo "$*" | tr -c 'a-zA-Z0-9.\n' _)
    [ -e "$stamp" ] && return
    mkdir -p "$folder" "$CROSS_HOME/debs"
    foreign_apt "$architecture" apt-get -qq update
    (cd "$CROSS_HOME/debs" && foreign_apt "$architecture" apt-get -qq download "$@")
    for package in "$@"; do
        file=$(find "$CROSS_HOME/debs" -name "${package%%=*}_*.deb" \
            \( -name "*_$architecture.deb" -o -name '*_all.deb' \) -printf '%T@ %p\n' | sort -n | tail -1 | cut -d' ' -f2-)
        dpkg -x "$file" "$folder"
    done
    touch "$stamp"
}

# Debian's own compiler, for targets whose standard library rustup does not give. The compiler, its library for this
# machine (build scripts, macros) and that for the target must be the very same Debian version: a library can be read
# only by the build of the compiler that made it. cargo may be of another version.
debian_rust() {
    local folder=$CROSS_HOME/debian-rust minor llvm
    DEBIAN_RUST=$(apt-cache policy rustc-web | awk '/Candidate:/ { print $2 }')
    if [ -z "$DEBIAN_RUST" ] || [ "$DEBIAN_RUST" = "(none)" ]; then
        say "Debian's package rustc-web was not found, and rustup has no standard library for this target. Run" \
            "'rustup target add TARGET' where there is internet, or add bookworm-updates to the package sources."
        exit 3
    fi
    minor=$(echo "$DEBIAN_RUST" | cut -d. -f1,2)
    llvm=$(apt-cache depends "libstd-rust-web-$minor" | awk '/Depends: libllvm/ { print $2 }')
    unpack amd64 "$folder" "rustc-web=$DEBIAN_RUST" "libstd-rust-web-$minor=$DEBIAN_RUST" \
        "libstd-rust-web-dev=$DEBIAN_RUST" "$llvm"
    install_packages libedit2 libz3-4 libxml2
    cat >"$CROSS_HOME/debian-rustc" <<END
#!/bin/sh
LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH} exec $folder/usr/bin/rustc "\$@"
END
    chmod +x "$CROSS_HOME/debian-rustc"
    "$CROSS_HOME/debian-rustc" --version >&2
}
