import { sql } from '../../engine/sql.ts';
import { lineLog } from '../line-log.ts';

/**
 * The access log that web servers call common or combined (https://httpd.apache.org/docs/2.4/logs.html); the columns are
 * named as nginx names them.
 */
export const accessLog = lineLog({
  name: 'access-log',
  pattern:
    '^(\\S+) (\\S+) (\\S+) \\[(\\d{1,2}/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4})\\] ' +
    '"((?:[^"\\\\]|\\\\.)*)" (\\d{3}|-) (\\d+|-)(?: "((?:[^"\\\\]|\\\\.)*)" "((?:[^"\\\\]|\\\\.)*)")?',
  columns: [
    'remote_addr',
    'remote_identity',
    'remote_user',
    'time_local',
    'request',
    'status',
    'body_bytes_sent',
    'http_referer',
    'http_user_agent',
  ],
  values: new Map([
    [
      'time_local',
      { type: 'TIMESTAMP WITH TIME ZONE', value: (text) => sql`try_strptime(${text}, '%d/%b/%Y:%H:%M:%S %z')` },
    ],
  ]),
});
