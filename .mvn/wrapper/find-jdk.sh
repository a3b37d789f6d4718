# Sourced by parley and mvnw: exports the JAVA_HOME of a JDK 25 or newer, or ends with one line that
# says what to install.

# The major version of the JDK in folder $1; nothing if there is none.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
  # The folder of the `java` on the PATH, through the links that distributions lay.
  on_path=$(command -v java || :)
  while [ -n "$on_path" ] && [ -h "$on_path" ]; do
    target=$(readlink "$on_path")
    case $target in
      /*) on_path=$target ;;
      *) on_path=$(dirname "$on_path")/$target ;;
    esac
  done
  for jdk in "${JAVA_HOME-}" "${on_path%/bin/java}" "${JAVA_25_HOME-}" \
    /usr/lib/jvm/*25* /usr/lib/jvm/*2[6-9]* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/2[5-9]* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$jdk" ] || continue
    version=$(jdk_version "$jdk")
    if [ "${version:-0}" -ge 25 ]; then
      JAVA_HOME=$jdk
      export JAVA_HOME
      return 0
    fi
  done
  echo "Parley needs a JDK 25 or newer: install one (Eclipse Temurin 25, say) or set JAVA_HOME to it." >&2
  exit 1
}

find_jdk
