/** What one row of a format stands for. */
export const grains = {
  request: 'one request to a model',
  bucket: 'totals of the requests of one span of time',
  'account-event': 'something an account did that is no request, such as a login',
  'side-table': 'what another format lacks; no calls by itself',
} as const;

export type Grain = keyof typeof grains;
