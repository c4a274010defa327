#!/usr/bin/env bash
# Updates riff on this machine while people use it: `./deploy.sh`. `./deploy.sh back` returns to the version before.
#
# A second API process starts beside the first, and the first is replaced while the second answers. Whoever leaves says
# so at /health/ready, three health intervals of Caddy's before the door closes, so nobody is sent to a closed door.
# Where a new version is not healthy, the old one stays, or comes back. docs/install.md says more.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

# Seconds that a new process may take until it answers.
patience=${DEPLOY_PATIENCE:-120}

say() { printf '%s  %s\n' "$(date -u +%H:%M:%S)" "$*"; }
compose() { docker compose -f docker-compose.prod.yml "$@" 9>&-; } # what it starts must not hold our lock
start() { compose up -d --no-deps --no-build --wait --wait-timeout "$patience" "$@"; }
has_image() { docker image inspect "$1" > /dev/null 2>&1; }

main() {
  local before
  exec 9> .git/riff-deploy.lock
  flock -n 9 || { say "Another update is running: wait for it"; exit 1; }
  case "${1:-}" in
    "") ;;
    back) go_back; return ;;
    --pulled) update "$2"; return ;;
    *) say "Say ./deploy.sh, or ./deploy.sh back"; exit 2 ;;
  esac
  before=$(git rev-parse HEAD)
  say "Fetching the new version"
  git pull --quiet --ff-only
  # This file may be another one now: it goes on as that.
  exec ./deploy.sh --pulled "$before"
}

update() {
  local before=$1
  say "Building $(git log -1 --format='%h, %s')"
  if has_image riff:latest; then docker tag riff:latest riff:before; fi
  compose build --quiet || abandon "$before" "It could not be built"

  if is_running api; then
    say "Asking the doctor. What is bad may be what the new version mends, so the update goes on"
    compose exec -T api riff doctor || true
    back_up "$before"
  fi

  say "Bringing the database up to date: the old version does not mind"
  compose run --rm --no-deps migrate || abandon "$before" "The database could not be brought up to date"

  if ! is_running api; then
    say "Nothing runs yet: starting everything"
    compose up -d --wait --wait-timeout "$patience"
    finish
    return
  fi
  compose up -d --no-deps --no-recreate caddy
  switch_over || undo "$before"
  # Connections end with Caddy's old settings, so it is told of new ones alone.
  if ! git diff --quiet "$before" HEAD -- Caddyfile; then
    say "Telling Caddy its new settings"
    compose exec -T caddy caddy reload --config /dev/stdin --adapter caddyfile < Caddyfile || undo "$before"
  fi
  finish
}

# A backup, where the new version changes the database and .env says where backups go.
back_up() {
  if git diff --quiet "$1" HEAD -- api/migrations; then return; fi
  if ! grep -q '^BACKUP_TO=.' .env; then
    say "The database is going to change, and .env names no BACKUP_TO: your provider's backups have to do"
    return
  fi
  say "Backing up, for the database is going to change"
  compose exec -T api riff backup make || abandon "$1" "The database could not be backed up"
}

# Puts the processes of riff:latest in the place of those that run. Fails where one of them is not healthy: then at
# least one that answers is left alone.
switch_over() {
  say "Starting the new API beside the old one"
  start api-next || return 1
  say "It is healthy. Draining and replacing the old one"
  start --force-recreate api || return 1
  say "It is healthy. Draining the one in between"
  compose rm --stop --force api-next || return 1
  say "Replacing the worker, which ends what it has begun"
  start --force-recreate worker || return 1
}

# Before anything was replaced: the old version simply goes on.
abandon() {
  say "$2: the old version stays"
  return_files "$1"
  exit 1
}

# After something was replaced.
undo() {
  say "The new version is not healthy: going back"
  compose logs --tail 20 api-next api worker || true
  return_files "$1"
  if is_current api; then
    compose rm --stop --force api-next
  else
    start --force-recreate api
    compose rm --stop --force api-next
  fi
  is_current worker || start --force-recreate worker
  say "$(date -u +%F): still at $(git log -1 --format='%h, %s')"
  exit 1
}

# Image and files of the old version become the present ones again, so that `up -d` starts those.
return_files() {
  if has_image riff:before; then docker tag riff:before riff:latest; fi
  git reset --quiet --keep "$1"
}

go_back() {
  has_image riff:before || { say "There is no version before this one here"; exit 1; }
  say "Going back to the version before"
  docker tag riff:before riff:latest
  switch_over || { say "That one is not healthy either: see docker compose logs"; exit 1; }
  say "$(date -u +%F): back. The next ./deploy.sh goes forward again"
}

finish() {
  docker image prune --force > /dev/null
  say "$(date -u +%F): updated to $(git log -1 --format='%h, %s')"
}

# Whether a service has a process.
is_running() {
  [ -n "$(compose ps --quiet --status running "$1")" ]
}

# Whether a service runs the image that is now riff:latest.
is_current() {
  local container
  container=$(compose ps --quiet --status running "$1")
  [ -n "$container" ] &&
    [ "$(docker inspect --format '{{.Image}}' "$container")" = "$(docker image inspect --format '{{.Id}}' riff:latest)" ]
}

main "$@"
exit
