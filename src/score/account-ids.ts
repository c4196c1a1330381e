import type { AccountFeatures } from '../model/features.ts';

/** Names of accounts, sorted. */
export function accountIds({ table }: AccountFeatures, accounts: Int32Array): string[] {
  const names = table.getChild('account_id');
  return [...accounts].map((account): string => names?.get(account) ?? '').sort();
}
