import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { publicMailDomains } from '../model/mail.ts';

/**
 * Makes relation `entities` (account_id, entity) from `identities` and `numbered`. The entity is the smallest account number
 * of: all accounts of one organisation; else all accounts of one corporate mail domain that one card, and no other, pays
 * for; else the account alone. Where an account gives several values, the smallest text is taken.
 */
export function createEntities(calls: Calls): Sql {
  const text = (column: CanonicalColumn, aggregate: 'min' | 'max') =>
    calls.columns.has(column)
      ? sql`${identifier(aggregate)}(${calls.present(identifier(column))})`
      : sql`NULL::VARCHAR`;
  const isCorporate = join(
    publicMailDomains.map((name) => sql`lower(domain) <> ${name}`),
    ' AND ',
  );
  return sql`
    CREATE TABLE entities AS
    WITH declared AS (
      SELECT account_id, account, ${text('org_id', 'min')} AS organisation, ${text('email_domain', 'min')} AS domain,
        ${text('payment_id', 'min')} AS first_payment, ${text('payment_id', 'max')} AS last_payment
      FROM ${identifier(calls.identities)} JOIN numbered USING (account_id) GROUP BY account_id, account),
    judged AS (
      SELECT *, ${isCorporate}
          AND min(first_payment) OVER (PARTITION BY domain) = max(last_payment) OVER (PARTITION BY domain)
          AND (first_payment IS NULL OR
            min(domain) OVER (PARTITION BY first_payment) = max(domain) OVER (PARTITION BY first_payment)) AS is_one_payer
      FROM declared)
    SELECT account_id, coalesce(
      CASE WHEN organisation IS NOT NULL THEN min(account) OVER (PARTITION BY organisation) END,
      CASE WHEN is_one_payer THEN min(account) OVER (PARTITION BY domain) END,
      account)::INTEGER AS entity
    FROM judged`;
}
