/** One entry of a suppression file. Exactly one of `cluster`, `account` and `detector` is there. */
export interface Suppression {
  readonly cluster?: string | undefined;
  readonly account?: string | undefined;
  readonly detector?: string | undefined;
  readonly reason: string;
  /** Last day, UTC, on which it holds. */
  readonly until: string;
}
