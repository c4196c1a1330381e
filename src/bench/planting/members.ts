import { tableFromArrays } from 'apache-arrow';
import type { Engine } from '../../engine/engine.ts';
import { identifier, join, sql } from '../../engine/sql.ts';
import { seededRandom, shuffle } from '../../util/random.ts';
import { sendersOf } from './background.ts';

/** Accounts of each campaign. */
export const campaignSizes = [10, 50, 200] as const;

/** Addresses that an account of a pool calls from. */
export const addressesOfMember = 3;

/**
 * Makes table `members` (campaign, account_id, client, calls, card, address_1 and on). Members send as many calls as some
 * account of the background's busiest tenth; a pool's values have as many users as some shared object of the background; a
 * campaign's queue has the load of an API client that is there in most of its windows.
 */
export async function drawMembers(engine: Engine, objects: readonly string[], seed: number): Promise<void> {
  const random = seededRandom(seed);
  const pick = (numbers: readonly number[]) => numbers[Math.floor(random() * numbers.length)] ?? 1;
  const sharers = await numbersOf(engine, sharersOf(objects));
  const calls = await numbersOf(engine, busiestTenth);
  const clients = await numbersOf(engine, steadyClients);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE members (campaign VARCHAR, account_id VARCHAR, client INTEGER, calls INTEGER, card INTEGER,
      ${join(addressColumns.map((name) => sql`${identifier(name)} INTEGER`))})`);
  for (const size of campaignSizes) {
    const campaign = `planted-${String(size).padStart(3, '0')}`;
    const client = pick(clients);
    const pool = () => dealOut(size, () => pick(sharers), random);
    const columns = {
      campaign: Array.from({ length: size }, () => campaign),
      account_id: Array.from({ length: size }, (_, member) => `${campaign}-${member}`),
      client: new Int32Array(size).fill(client),
      calls: Int32Array.from({ length: size }, () => pick(calls)),
      card: pool(),
      ...Object.fromEntries(addressColumns.map((name) => [name, pool()])),
    };
    await engine.append('members', once(tableFromArrays(columns)));
  }
  await engine.execute(sql`
    INSERT INTO senders
    ${sendersOf(sql`SELECT DISTINCT campaign || ${` ${seed}`} AS account_id FROM members`)}`);
}

const addressColumns = Array.from({ length: addressesOfMember }, (_, position) => `address_${position + 1}`);

/** Gives members numbers of values, as many members a value as `sharers` says, in random order. */
function dealOut(members: number, sharers: () => number, random: () => number): Int32Array {
  const order = shuffle(
    Int32Array.from({ length: members }, (_, member) => member),
    random,
  );
  const values = new Int32Array(members);
  let left = 0;
  let value = -1;
  for (const member of order) {
    if (left === 0) {
      left = sharers();
      value += 1;
    }
    values[member] = value;
    left -= 1;
  }
  return values;
}

/** Accounts that use each object that is shared, an equal part of each kind of object. */
function sharersOf(objects: readonly string[]) {
  const shared = objects.map(
    (name) => sql`
      SELECT count(DISTINCT account_id) AS number FROM posts WHERE ${identifier(name)} IS NOT NULL
      GROUP BY ${identifier(name)} HAVING count(DISTINCT account_id) > 1`,
  );
  return join(shared, ' UNION ALL ');
}

const busiestTenth = sql`
  SELECT calls AS number
  FROM (SELECT count(*) AS calls, percent_rank() OVER (ORDER BY count(*)) AS position FROM calls WHERE account_id = sender
        GROUP BY account_id)
  WHERE position >= 0.9`;

const steadyClients = sql`
  SELECT client AS number FROM windows GROUP BY client HAVING 2 * count(*) >= any_value(periods)`;

async function numbersOf(engine: Engine, rows: ReturnType<typeof sql>): Promise<number[]> {
  const table = await engine.query(sql`SELECT number::DOUBLE AS number FROM (${rows}) ORDER BY number`);
  return [...table].map((row): number => row.number);
}

async function* once<Value>(value: Value) {
  yield value;
}
