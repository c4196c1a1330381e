/** How a file may write its instants, in the order in which they are counted and told. */
export const timeKinds = [
  'times with an offset',
  'times without an offset',
  'dates',
  'epoch seconds',
  'epoch milliseconds',
  'epoch microseconds',
  'epoch nanoseconds',
  '.NET ticks',
] as const;

export type TimeKind = (typeof timeKinds)[number];
