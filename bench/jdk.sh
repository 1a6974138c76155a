# Sets $java to a JDK 25: that of JAVA_HOME if it is one, else one of the usual folders'.
java=
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25* /opt/*jdk*25*; do
  if [ -x "$home/bin/java" ] && "$home/bin/java" -version 2>&1 | grep -q '"25'; then
    java=$home/bin/java
    break
  fi
done
if [ -z "$java" ]; then
  echo "No JDK 25 found: set JAVA_HOME to one (Eclipse Temurin 25 will do)." >&2
  exit 2
fi
