import { lineLog } from '../line-log.ts';

/**
 * Access log of the AWS Application Load Balancer
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html). What newer logs have
 * after the trace id is not read.
 */
export const loadBalancerLog = lineLog({
  name: 'load-balancer-log',
  pattern:
    '^(https?|h2|grpcs|wss?) (\\d{4}-\\d\\d-\\d\\dT\\S+) (\\S+) (\\S+):(\\d+) (\\S+) ([-.0-9]+) ([-.0-9]+) ([-.0-9]+) ' +
    '(\\d+|-) (\\S+) (\\d+) (\\d+) "(\\S+) (\\S+) ([^"]*)" "([^"]*)" (\\S+) (\\S+) (\\S+) "([^"]*)"',
  columns: [
    'type',
    'time',
    'elb',
    'client_ip',
    'client_port',
    'target',
    'request_processing_time',
    'target_processing_time',
    'response_processing_time',
    'elb_status_code',
    'target_status_code',
    'received_bytes',
    'sent_bytes',
    'request_verb',
    'request_url',
    'request_protocol',
    'user_agent',
    'ssl_cipher',
    'ssl_protocol',
    'target_group_arn',
    'trace_id',
  ],
  values: new Map(),
});
