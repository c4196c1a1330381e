import { identifier, join, nothing, type Sql, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { publicMailDomains } from '../model/mail.ts';

/**
 * Makes relation `entities` (account_id, entity and, where entities are declared, declared: name and kind or NULL) from
 * `identities` and `numbered`. The entity is the smallest account number of: all accounts that the user's list gives to one
 * entity, with the organisations and domains of these; else all accounts of one organisation; else all accounts of one
 * corporate mail domain that one card, and no other, pays for; else the account alone. Where an account gives several
 * values, the smallest text is taken.
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
  const declared = calls.declared === undefined ? nothing : sql`, declared`;
  return sql`
    CREATE TABLE entities AS
    WITH said AS (
      SELECT account_id, account, ${text('org_id', 'min')} AS organisation, ${text('email_domain', 'min')} AS domain,
        ${text('payment_id', 'min')} AS first_payment, ${text('payment_id', 'max')} AS last_payment
      FROM ${identifier(calls.identities)} JOIN numbered USING (account_id) GROUP BY account_id, account),
    judged AS (
      SELECT *, ${isCorporate}
          AND min(first_payment) OVER (PARTITION BY domain) = max(last_payment) OVER (PARTITION BY domain)
          AND (first_payment IS NULL OR
            min(domain) OVER (PARTITION BY first_payment) = max(domain) OVER (PARTITION BY first_payment)) AS is_one_payer
      FROM said),
    listed AS (
      SELECT judged.*, ${listedName(calls)} AS own_name FROM judged ${listedJoin(calls)}),
    named AS (
      SELECT *, coalesce(own_name,
        CASE WHEN organisation IS NOT NULL THEN min(own_name) OVER (PARTITION BY organisation) END,
        CASE WHEN is_one_payer THEN min(own_name) OVER (PARTITION BY domain) END) AS declared
      FROM listed)
    SELECT account_id, coalesce(
      CASE WHEN declared IS NOT NULL THEN min(account) OVER (PARTITION BY declared) END,
      CASE WHEN organisation IS NOT NULL THEN min(account) OVER (PARTITION BY organisation) END,
      CASE WHEN is_one_payer THEN min(account) OVER (PARTITION BY domain) END,
      account)::INTEGER AS entity${declared}
    FROM named`;
}

function listedName({ declared }: Calls): Sql {
  return declared === undefined ? sql`NULL::VARCHAR` : sql`l.name || coalesce(' (' || l.kind || ')', '')`;
}

function listedJoin({ declared }: Calls): Sql {
  return declared === undefined ? nothing : sql`LEFT JOIN ${identifier(declared)} l USING (account_id)`;
}
