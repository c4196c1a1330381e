import type { Container } from './container.ts';
import { accessLog } from './containers/access-log.ts';
import { arrow } from './containers/arrow.ts';
import { csv } from './containers/csv.ts';
import { envoyLog } from './containers/envoy-log.ts';
import { json } from './containers/json.ts';
import { loadBalancerLog } from './containers/load-balancer-log.ts';
import { ndjson } from './containers/ndjson.ts';
import { parquet } from './containers/parquet.ts';

/** Every container, asked in this order whether a file is one: those with a signature first, CSV last. */
export const containers: readonly Container[] = [
  parquet,
  arrow,
  ndjson,
  json,
  accessLog,
  envoyLog,
  loadBalancerLog,
  csv,
];
