/** Worlds that `simulate` can write: three hidden campaigns among honest accounts, or honest accounts alone. */
export const scenarios = ['seed', 'benign'] as const;

export type Scenario = (typeof scenarios)[number];
