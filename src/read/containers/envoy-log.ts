import { lineLog } from '../line-log.ts';

/** Envoy's default access log (https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage). */
export const envoyLog = lineLog({
  name: 'envoy-log',
  pattern:
    '^\\[(\\d{4}-\\d\\d-\\d\\dT[^\\]]+)\\] "(\\S+) (\\S+) ([^"]+)" (\\d+) (\\S+) (?:\\S+ )*?(\\d+) (\\d+) (\\d+|-) (\\S+) ' +
    '"([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)"',
  columns: [
    'start_time',
    'method',
    'path',
    'protocol',
    'response_code',
    'response_flags',
    'bytes_received',
    'bytes_sent',
    'duration',
    'upstream_service_time',
    'x_forwarded_for',
    'user_agent',
    'request_id',
    'authority',
    'upstream_host',
  ],
  values: new Map(),
});
