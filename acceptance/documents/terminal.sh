# What a person does at a terminal around the commands of the documents. Read before them, by bash.

# `npx NAME` in a checkout is the command NAME of the checkout, which comes first in PATH.
npx() { "$@"; }

# In a pipe it does no more than that.
less() { cat; }

watching=

# Passwords are typed at a terminal; here they come by standard input. A watch goes on until Ctrl-C in a terminal of its
# own: here until the next one begins, or the commands end, and what follows waits until it has stored everything.
instashare() {
  case "$1" in
  register)
    printf '%s\n' "$PASSWORD" | command instashare "$@" --password-stdin
    ;;
  share)
    printf '%s\n' "$PASSWORD" | command instashare "${@/%--password/--password-stdin}"
    ;;
  watch)
    stop_watch
    case " $* " in
    *" --once "* | *" --dry-run "*) command instashare "$@" ;;
    *) start_watch "$@" ;;
    esac
    ;;
  *) command instashare "$@" ;;
  esac
}

start_watch() {
  "$(type -P instashare)" "$@" >> "$HOME/watch.log" 2>&1 &
  watching=$!
  until command instashare status > /dev/null 2>&1; do
    kill -0 "$watching"
    sleep 0.1
  done
  # Whatever the time of day.
  command instashare sync --wait || command instashare status | grep 'Outside of its hours'
}

# Its exit code is that of the watch.
stop_watch() {
  if [ -n "$watching" ]; then
    local pid=$watching
    watching=
    kill -TERM "$pid"
    wait "$pid"
  fi
}

trap stop_watch EXIT
