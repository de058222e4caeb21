#!/usr/bin/env bash
# Shows that what is here works: three nodes, a database behind one of their maps, a rule, a load,
# and a real Prometheus with these files.
#
#   conf/observability/check.sh [grid-node/target/grid-node.jar]
#
# Checks that each query of the dashboard has an answer, that each alert can be evaluated, asks only
# for series that there are and is silent while all is well, that one fires when a node is killed and
# clears when a new one has come, and that each line of the nodes' logs is JSON with its fields.
# Needs java, curl, jq, openssl, and prometheus and promtool (Debian: package prometheus). Takes two
# minutes, ends with 0 only if all of that is so, and leaves no process and no file behind.
set -euo pipefail
cd "$(dirname "$0")"

readonly JAR="$(realpath "${1:-../../grid-node/target/grid-node.jar}")"
readonly DASHBOARD=grafana/dashboards/shardgrid.json
readonly RULE=../../grid-node/src/examples/rules/c/fraud.wasm
readonly CLUSTER=check
readonly SECONDS_MAX=180
# What must not fire even when a node is killed: there is a backup, and no bug.
readonly NEVER="ShardgridShardsLost ShardgridReplicaDiffers ShardgridTurnsFail ShardgridNobodyAnswers
  ShardgridStoreBehind ShardgridStoreRefuses ShardgridRuleQuarantined"

work="$(mktemp -d)"
declare -A pids=() http=()
failures=0

cleanup() {
  local status=$?
  trap - EXIT INT TERM
  if ((${#pids[@]} > 0)); then
    kill -TERM "${pids[@]}" 2>/dev/null || true
    for _ in $(seq 50); do
      kill -0 "${pids[@]}" 2>/dev/null || break
      sleep 0.2
    done
    kill -KILL "${pids[@]}" 2>/dev/null || true
    wait "${pids[@]}" 2>/dev/null || true
  fi
  rm -rf "$work"
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '%3d s  %s\n' "$SECONDS" "$*"; }
wrong() {
  say "WRONG: $*"
  failures=$((failures + 1))
}
die() {
  wrong "$*"
  exit 1
}

# await WHAT COMMAND...: until it succeeds.
await() {
  local what="$1" end=$((SECONDS + SECONDS_MAX))
  shift
  until "$@"; do
    ((SECONDS < end)) || die "$what: not within $SECONDS_MAX s"
    sleep 0.25
  done
}

# event NODE up|ready: the last such line of the node's log.
event() {
  jq -R -r --arg event "$2 name=" \
    'fromjson? | select(.message // "" | startswith($event)) | .message' "$work/$1.log" | tail -n 1
}
has_event() { [[ -n "$(event "$1" "$2")" ]]; }
# address NODE resp|http|cluster
address() { event "$1" up | tr ' ' '\n' | sed -n "s/^$2=//p"; }

# node NAME HTTP-PORT OPTIONS...: starts one.
node() {
  local name="$1" port="$2"
  shift 2
  java -Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$JAR" start --log-format json \
    --config "$work/node.conf" --name "$name" --cluster-name "$CLUSTER" --shards 64 \
    --port 0 --http "$port" --peer 0 --cluster 0 "$@" >>"$work/$name.log" 2>>"$work/$name.err" &
  pids[$name]=$!
}

# One connection that writes, reads and makes mistakes, until it breaks or its process is ended.
load() {
  local host="${1%:*}" port="${1##*:}" n=0
  exec 3<>"/dev/tcp/$host/$port"
  while true; do
    n=$((n + 1))
    printf 'SET k%d v EX 5\r\nGET k%d\r\nGET missing\r\nINCR k%d\r\nGRID.SET m k%d v\r\n' \
      "$n" "$n" "$n" "$((n % 1000))" >&3
    printf 'GRID.SET orders k%d v\r\nGRID.GET orders gone-%d\r\n%s k%d %s\r\n' \
      "$((n % 1000))" "$((n % 50))" 'GRID.RULE CALL m' "$((n % 1000))" \
      'fraud.validate_transaction 1000 3' >&3
    for _ in 1 2 3 4 5 6 7 8 9; do
      read -r -t 10 -u 3 || return 0
    done
    sleep 0.02
  done
}

ask() { curl -sS --get --data-urlencode "query=$1" "$prometheus/api/v1/query"; }
# How many series an expression has; nothing, and a message, if it is none.
series() {
  ask "$1" | jq -r 'if .status == "success" then .data.result | length else error(.error) end'
}
rules() { curl -sS "$prometheus/api/v1/rules" | jq -c '.data.groups[].rules[]'; }
firing() { rules | jq -r 'select(.state == "firing") | .name' | sort -u; }
is_firing() { firing | grep -qx "$1"; }
is_quiet() { [[ -z "$(rules | jq -r 'select(.state != "inactive") | .name')" ]]; }
all_up() { [[ "$(series 'up{job="shardgrid"} == 1')" == 3 && "$(series 'shardgrid_ready == 1')" == 3 ]]; }

check_files() {
  promtool check config prometheus.yml >"$work/promtool" 2>&1 || { cat "$work/promtool"; die "prometheus.yml"; }
  promtool test rules alerts-test.yml >"$work/promtool" 2>&1 || { cat "$work/promtool"; die "alerts-test.yml"; }
  say "promtool: configuration, rules and their tests are right"
}

sql() {
  java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$JAR" org.h2.tools.Shell \
    -url "$database" -sql "$1" >"$work/sql" 2>&1
}

start_database() {
  local port=$((20000 + RANDOM % 10000))
  database="jdbc:h2:tcp://127.0.0.1:$port/./check"
  java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$JAR" org.h2.tools.Server \
    -tcp -tcpPort "$port" -baseDir "$work" -ifNotExists >"$work/h2.log" 2>&1 &
  pids[database]=$!
  await "the database has a table" \
    sql 'CREATE TABLE IF NOT EXISTS orders (k VARCHAR PRIMARY KEY, v VARCHAR, version BIGINT)'
  say "a database with a table for the map orders"
}

# A certificate of the nodes, so that the alerts about its end have something to look at.
make_certificate() {
  local ec=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
  (
    cd "$work"
    openssl req -x509 "${ec[@]}" -days 30 -subj /CN=check -keyout ca.key -out ca.crt
    openssl req "${ec[@]}" -subj /CN=node -addext subjectAltName=IP:127.0.0.1 -keyout node.key -out node.csr
    openssl x509 -req -in node.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 \
      -copy_extensions copy -out node.crt
  ) >"$work/openssl" 2>&1 || { cat "$work/openssl"; die "no certificate"; }
}

start_nodes() {
  cat >"$work/node.conf" <<CONF
grid {
  autoscale { interval = 2s, report-interval = 1s, nodes-min = 3, warm-up = 1s }
  tls {
    enabled = on, certificate-file = "$work/node.crt", key-file = "$work/node.key"
    ca-file = "$work/ca.crt"
  }
  store.maps.orders { writes = behind, delay = 200 ms, absent-ttl = 2s }
  node.stores.orders { url = "$database", table = orders }
}
CONF
  node a 0 --found --expect 3
  await "node a is up" has_event a up
  node b 0 --seeds "$(address a cluster)"
  node c 0 --seeds "$(address a cluster)"
  local name
  for name in a b c; do
    await "node $name is ready" has_event "$name" ready
    http[$name]="$(address "$name" http)"
  done
  say "nodes: ${http[*]}"
}

# The shipped files with these nodes, and all that takes minutes in seconds.
start_prometheus() {
  local port
  sed -E 's/(for: )[0-9]+m/\14s/; s/\[[0-9]+[mh]\]/[30s]/g' alerts.yml >"$work/alerts.yml"
  sed -E "s/(scrape_interval|scrape_timeout|evaluation_interval): .*/\1: 2s/
    s/127.0.0.1:8171/${http[a]}/; s/127.0.0.1:8172/${http[b]}/; s/127.0.0.1:8173/${http[c]}/
    s/cluster: shardgrid/cluster: $CLUSTER/" prometheus.yml >"$work/prometheus.yml"
  port=$((20000 + RANDOM % 10000))
  prometheus="http://127.0.0.1:$port"
  prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb" \
    --web.listen-address="127.0.0.1:$port" >"$work/prometheus.log" 2>&1 &
  pids[prometheus]=$!
  await "Prometheus is ready" curl -fsS -o "$work/ready" "$prometheus/-/ready" 2>"$work/curl"
  await "Prometheus has scraped three nodes that are ready" all_up
}

start_load() {
  local n
  for n in $(seq 5000); do printf '{"id":%d,"name":"town %d"}\n' "$n" "$n"; done >"$work/rows"
  java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$JAR" load towns "$work/rows" \
    --node "$(address a resp)" >"$work/load" 2>&1 || { cat "$work/load"; die "load"; }
  curl -fsS -X POST -H "X-Shardgrid: check" --data-binary "@$RULE" -o "$work/rule" \
    "http://${http[a]}/rules/load?name=fraud" || die "the rule is not loaded"
  load "$(address a resp)" >"$work/load" 2>&1 &
  pids[load-a]=$!
  load "$(address b resp)" >"$work/load" 2>&1 &
  pids[load-b]=$!
}

has_ranges() { [[ "$(series 'count_over_time(shardgrid_operations_total[30s]) > 9')" -gt 0 ]]; }

# Whether the database was asked, has writes and was spared some, and the rule was called.
has_stores() {
  [[ "$(series 'sum by (event) (shardgrid_store_events_total{event=~"asked|stored|known_absent"}) > 0')" == 3 &&
    "$(series 'sum(shardgrid_rule_calls_total{outcome="completed"}) > 0')" == 1 ]]
}

check_dashboard() {
  local title expr asked count total=0
  while IFS=$'\t' read -r title expr; do
    total=$((total + 1))
    asked="${expr//\$cluster/$CLUSTER}"
    asked="${asked//\$node/.*}"
    asked="${asked//\$map/.*}"
    asked="${asked//\$__rate_interval/20s}"
    if ! count="$(series "$asked" 2>&1)"; then
      wrong "panel '$title' cannot be asked: $asked: $count"
    elif [[ "$count" == 0 ]]; then
      wrong "panel '$title' is empty: $asked"
    fi
  done < <(jq -r '.panels[] | select(.datasource.type == "prometheus") | .title as $title
    | .targets[] | [$title, .expr] | @tsv' "$DASHBOARD" | sed 's/\\\\/\\/g')
  say "dashboard: $total queries asked"
}

check_alerts() {
  local name health error state total=0 selectors selector
  await "all alerts are silent" is_quiet
  while IFS=$'\t' read -r name health error state; do
    total=$((total + 1))
    [[ "$health" == ok ]] || wrong "alert $name cannot be evaluated: $health $error"
    [[ "$state" == inactive ]] || wrong "alert $name is $state although all is well"
  done < <(rules | jq -r '[.name, .health, (.lastError // "-"), .state] | @tsv')
  ((total > 20)) || wrong "only $total alerts"
  selectors="$(rules | jq -r .query | grep -oE '\b(shardgrid|jvm|process|up)[a-z_]*(\{[^}]*\})?' | sort -u)"
  while read -r selector; do
    if [[ "$(series "$selector")" == 0 ]]; then
      wrong "an alert asks for what there is not: $selector"
    fi
  done <<<"$selectors"
  say "alerts: $total are silent and ask for $(wc -l <<<"$selectors") series, all there"
}

lose_a_node() {
  local port="${http[c]##*:}" killed=$SECONDS began name fired
  kill -KILL "${pids[c]}"
  wait "${pids[c]}" 2>/dev/null || true
  await "an alert tells of the killed node" is_firing ShardgridNodeDown
  say "node c killed: ShardgridNodeDown fires after $((SECONDS - killed)) s"
  began=$SECONDS
  node c "$port" --seeds "$(address a cluster)"
  await "all three nodes are ready again" all_up
  await "all alerts are clear again" is_quiet
  say "node c started anew: all alerts are clear after $((SECONDS - began)) s"
  fired="$(ask 'count by (alertname) (count_over_time(ALERTS{alertstate="firing"}['"$((SECONDS - killed))"'s]))' |
    jq -r '[.data.result[].metric.alertname] | sort | join(" ")')"
  for name in $NEVER; do
    [[ " $fired " != *" $name "* ]] || wrong "alert $name fired"
  done
  say "alerts that fired meanwhile: $fired"
}

check_logs() {
  local name lines=0 bad
  for name in a b c; do
    lines=$((lines + $(wc -l <"$work/$name.log")))
    bad="$(jq -R -r --arg cluster "$CLUSTER" --arg node "$name" '. as $line
      | (try fromjson catch {}) | select(if .audit != null
          then .at == null or .who == null or .from == null or .what == null or .outcome == null
          else (.time // "" | test("^[0-9-]{10}T[0-9:.]{15}Z$") | not)
            or .level == null or .logger == null or .thread == null or .message == null
            or .cluster != $cluster or .node != $node end) | $line' "$work/$name.log" | head -n 3)"
    [[ -z "$bad" ]] || wrong "lines of node $name without a field: $bad"
  done
  say "logs: $lines lines, each JSON with its fields"
}

for tool in java curl jq openssl prometheus promtool; do
  command -v "$tool" >/dev/null || die "not installed: $tool"
done
[[ -f "$JAR" ]] || die "no program: $JAR; mvn -q -DskipTests package makes it"
check_files
make_certificate
start_database
start_nodes
start_load
start_prometheus
await "Prometheus has seen the load for 20 seconds" has_ranges
await "Prometheus has seen the database and the rule at work" has_stores
check_dashboard
check_alerts
lose_a_node
check_logs
if ((failures > 0)); then
  say "$failures faults"
  exit 1
fi
say "all is right"
