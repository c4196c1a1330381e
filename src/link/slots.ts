import type { Engine } from '../engine/engine.ts';
import { identifier, sql } from '../engine/sql.ts';
import type { DetectorContext } from './detector.ts';

/** How activity is cut into slots, and which accounts are compared: neither with too few, nor nearly always on. */
export interface SlotSettings {
  /** s; divides a day. */
  readonly slotSeconds: number;
  readonly minimumSlots: number;
  /** Of all slots of the log, 0..1. */
  readonly maximumShare: number;
}

/** Tables `slots` (account, day, slot) and `slot_counts` (account, slots, hours) of the accounts in `pairs` (hub, account). */
export async function collectSlots(
  { engine, calls, features }: DetectorContext,
  { slotSeconds, minimumSlots, maximumShare }: SlotSettings,
): Promise<void> {
  const seconds = engine.dialect.epochSeconds(sql`timestamp`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE slots AS
    SELECT DISTINCT account, (${seconds} // 86400)::INTEGER AS day, (${seconds} % 86400 // ${slotSeconds})::INTEGER AS slot
    FROM ${identifier(calls.relation)} JOIN ${identifier(features.relation)} USING (account_id)
    WHERE account IN (SELECT hub FROM pairs UNION SELECT account FROM pairs)`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE slot_counts AS
    SELECT account, count(*) AS slots, count(DISTINCT day * 24 + slot * ${slotSeconds} // 3600) AS hours
    FROM slots GROUP BY account
    HAVING count(*) >= ${minimumSlots} AND count(*) <= greatest(${minimumSlots}, ${maximumShare}
      * (SELECT (max(day) - min(day) + 1) FROM slots) * 86400 / ${slotSeconds})`);
}

/**
 * Table `compared` (hub, account, observed, expected): for each of `pairs`, slots in common, and how many were to be expected
 * with each account's slots on each day kept in number but dealt out over the day by the account's own daily profile. Both
 * are divided by the mean slots an active hour holds, since one session covers several slots. `leastAgreement` is the
 * chance, 0..1, that two slots of one day are the same at the least: profiles of few slots agree by too little.
 */
export async function comparePairs(engine: Engine, leastAgreement: number): Promise<void> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE compared AS
    WITH kept AS (
        SELECT hub, pairs.account, h.slots AS hub_slots, a.slots, greatest(h.slots / h.hours, a.slots / a.hours) AS clump
        FROM pairs JOIN slot_counts h ON h.account = hub JOIN slot_counts a ON a.account = pairs.account),
      daily AS (SELECT account, day, count(*) AS slots FROM slots GROUP BY ALL),
      profile AS (SELECT account, slot, count(*) AS days FROM slots GROUP BY ALL),
      common AS (SELECT hub, k.account, count(*) AS together FROM kept k
        JOIN slots x ON x.account = hub JOIN slots y ON y.account = k.account AND y.day = x.day AND y.slot = x.slot GROUP BY ALL),
      by_day AS (SELECT hub, k.account, sum(x.slots * y.slots) AS product FROM kept k
        JOIN daily x ON x.account = hub JOIN daily y ON y.account = k.account AND y.day = x.day GROUP BY ALL),
      by_slot AS (SELECT hub, k.account, sum(x.days * y.days / (hub_slots * k.slots)) AS agreement FROM kept k
        JOIN profile x ON x.account = hub JOIN profile y ON y.account = k.account AND y.slot = x.slot GROUP BY ALL)
    SELECT hub, account, coalesce(together, 0) / clump AS observed,
      (product * greatest(coalesce(agreement, 0), ${leastAgreement})) / clump AS expected
    FROM kept LEFT JOIN common USING (hub, account) JOIN by_day USING (hub, account) LEFT JOIN by_slot USING (hub, account)`);
}
