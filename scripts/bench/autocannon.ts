import autocannon from "autocannon";
import { headersOf, type Load, type Measured, methodOf, type Target } from "./load.ts";

/** A process that makes requests as its argument (JSON) says, and tells on stdout (JSON) what came of them. */
const { target, load } = JSON.parse(Deno.args[0]!) as { target: Target; load: Load };

const result = await autocannon({
  url: target.url,
  connections: load.connections,
  duration: load.seconds,
  requests: target.asks.map((ask) => ({ method: methodOf(ask), headers: headersOf(ask), body: ask.body })),
});
const measured: Measured = {
  perSecond: result.requests.total / result.duration,
  p50: result.latency.p50,
  p99: result.latency.p99,
  failures: result.non2xx + result.errors,
};
console.log(JSON.stringify(measured));
Deno.exit(0);
