import type { AccountColumns } from '../traffic.ts';

/**
 * Makes draws of outsiders that resemble given accounts: for each account one with the same models and, if asked for, about
 * the same number of queries.
 */
export type Drawer = (accounts: Int32Array, matchesVolume: boolean) => () => Int32Array;

/** Fewer accounts than this are no stratum to draw from. */
const smallestStratum = 20;

/**
 * Outsiders are the accounts in no suspect cluster, in strata by model and by powers of two of their queries. Where a
 * stratum is too small its model is left out, then its volume. Draws are by account: the calls of one account depend on
 * each other, so drawing calls would make chance look smaller than it is.
 */
export function createDrawer(columns: AccountColumns, suspects: ReadonlySet<number>, random: () => number): Drawer {
  const strata = new Map<string, number[]>();
  const names = (account: number, matchesVolume: boolean) => {
    const model = columns.models(account);
    const volume = matchesVolume ? Math.floor(Math.log2(Math.max(1, columns.queries[account] ?? 1))) : 'any';
    return [`${model} ${volume}`, `any ${volume}`, 'any any'];
  };
  for (let account = 0; account < columns.queries.length; account += 1) {
    if (suspects.has(account)) continue;
    for (const name of new Set([...names(account, true), ...names(account, false)])) {
      const stratum = strata.get(name);
      if (stratum === undefined) strata.set(name, [account]);
      else stratum.push(account);
    }
  }
  const stratum = (account: number, matchesVolume: boolean): readonly number[] =>
    names(account, matchesVolume)
      .map((name) => strata.get(name) ?? [])
      .find((list) => list.length >= smallestStratum) ?? [];
  return (accounts, matchesVolume) => {
    const candidates = [...accounts].map((account) => stratum(account, matchesVolume));
    return () =>
      accounts.map((account, position) => {
        const own = candidates[position] ?? [];
        return own[Math.floor(random() * own.length)] ?? account;
      });
  };
}
