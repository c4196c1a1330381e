import { tableFromArrays } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { cluster } from '../../src/cluster/cluster.ts';
import { resolveConfig } from '../../src/config/resolve.ts';
import { breather, type RunContext } from '../../src/engine/context.ts';
import { duckdbDialect } from '../../src/engine/duckdb/dialect.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Family } from '../../src/model/report.ts';
import { seededRandom } from '../../src/util/random.ts';

const population = 2000;

const engine: Engine = {
  dialect: duckdbDialect,
  workDirectory: '',
  execute: () => Promise.reject(new Error('clusters are found without the engine')),
  query: () => Promise.reject(new Error('clusters are found without the engine')),
  append: () => Promise.reject(new Error('clusters are found without the engine')),
  lock: () => Promise.resolve(),
  progress: () => undefined,
  interrupt: () => {},
  close: () => Promise.resolve(),
};

const context: RunContext = { engine, config: resolveConfig({}, []), emit: () => {}, breathe: breather() };

/** `account` uses `value` of a family in so many queries. */
type Link = readonly [account: number, family: Family, value: string, queries?: number];

const families: readonly Family[] = ['identity', 'network', 'content'];

function evidenceOf(links: readonly Link[]): Evidence {
  const users = new Map<string, number[]>();
  for (const [account, family, value] of links)
    users.set(`${family} ${value}`, [...(users.get(`${family} ${value}`) ?? []), account]);
  const shared = [...users].filter(([, accounts]) => accounts.length > 1).map(([name]) => name);
  const number = new Map(shared.map((name, value) => [name, value]));
  const rows = links
    .flatMap(([account, family, value, queries = 10]) => {
      const found = number.get(`${family} ${value}`);
      return found === undefined ? [] : [{ account, value: found, queries }];
    })
    .sort((left, right) => left.value - right.value || left.account - right.account);
  const totals = new Map<string, { account: number; detector: number; queries: number; values: number }>();
  for (const [account, family, , queries = 10] of links) {
    const detector = families.indexOf(family);
    const key = `${account} ${detector}`;
    const known = totals.get(key) ?? { queries: 0, values: 0 };
    totals.set(key, { account, detector, queries: queries + known.queries, values: known.values + 1 });
  }
  const presence = [...totals.values()];
  return {
    runs: families.map((family) => ({
      id: family,
      family,
      state: 'ran',
      links: 0,
      population: 'holders' as const,
      comesWithProduct: false,
      explain: () => '',
      innocentCauses: [],
    })),
    links: tableFromArrays({
      account: Int32Array.from(rows, (row) => row.account),
      value: Int32Array.from(rows, (row) => row.value),
      queries: Float64Array.from(rows, (row) => row.queries),
    }),
    values: tableFromArrays({
      value: Int32Array.from(shared.keys()),
      detector: Int32Array.from(shared, (name) => families.indexOf(name.split(' ')[0] as Family)),
      sharers: Int32Array.from(shared, (name) => users.get(name)?.length ?? 0),
      population: new Int32Array(shared.length).fill(population),
    }),
    presence: tableFromArrays({
      account: Int32Array.from(presence, (row) => row.account),
      detector: Int32Array.from(presence, (row) => row.detector),
      queries: Float64Array.from(presence, (row) => row.queries),
      values: Int32Array.from(presence, (row) => row.values),
    }),
    relation: '',
  };
}

interface FoundCluster {
  readonly accounts: number[];
  readonly supported: Family[];
  readonly expectedFalse: number;
}

async function found(links: readonly Link[]): Promise<FoundCluster[]> {
  const table = tableFromArrays({ entity: Int32Array.from({ length: population }, (_, account) => account) });
  const clusters = await cluster(context, evidenceOf(links), { relation: '', table, count: population });
  return clusters
    .map(({ entities, families: support, expectedFalse }) => ({
      accounts: [...entities],
      supported: support.filter((one) => one.isSupported).map((one) => one.family),
      expectedFalse,
    }))
    .filter(({ supported }) => supported.length > 1);
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, position) => from + position);

/** Everybody has an own address, card and template. */
const strangers = range(0, population).flatMap((account): Link[] => [
  [account, 'identity', `own card ${account}`, 5],
  [account, 'network', `own address ${account}`, 5],
  [account, 'content', `own template ${account}`, 5],
]);

/** A network over a pool: each worker uses some of its addresses and templates, hardly ever its own. */
function network(
  accounts: readonly number[],
  name: string,
  addresses: number,
  templates: number,
  seed: number,
): Link[] {
  const random = seededRandom(seed);
  const some = (count: number, of: number) => new Set(Array.from({ length: count }, () => Math.floor(random() * of)));
  return accounts.flatMap((account): Link[] => [
    ...[...some(4, addresses)].map((value): Link => [account, 'network', `${name} ${value}`, 50]),
    ...[...some(2, templates)].map((value): Link => [account, 'content', `${name} ${value}`, 100]),
  ]);
}

describe('cluster', () => {
  it('finds a ring of ten and a network of five hundred in one graph, each whole', async () => {
    const large = network(range(0, 500), 'large', 60, 12, 1);
    const ring = network(range(600, 10), 'ring', 4, 2, 2);
    const clusters = await found([...strangers, ...large, ...ring]);
    expect(clusters.map(({ accounts }) => accounts)).toEqual([range(0, 500), range(600, 10)]);
    expect(clusters.every(({ expectedFalse }) => expectedFalse < 0.01)).toBe(true);
  });

  it('keeps two networks apart that share one address', async () => {
    const both = [...network(range(0, 40), 'first', 10, 3, 3), ...network(range(100, 40), 'second', 10, 3, 4)];
    const bridge: Link[] = [
      [0, 'network', 'bridge', 20],
      [100, 'network', 'bridge', 20],
    ];
    expect((await found([...strangers, ...both, ...bridge])).map(({ accounts }) => accounts.length)).toEqual([40, 40]);
  });

  it('leaves out strangers who now and then call from a proxy of the network', async () => {
    const visits = range(1000, 5).map((account): Link => [account, 'network', `large ${account - 1000}`, 2]);
    expect((await found([...strangers, ...network(range(0, 200), 'large', 30, 8, 5), ...visits]))[0]?.accounts).toEqual(
      range(0, 200),
    );
  });

  it('keeps two networks apart that hide behind the same product and send other work besides', async () => {
    const accounts = [...range(0, 120), ...range(200, 40)];
    const both = [...network(range(0, 120), 'first', 10, 3, 3), ...network(range(200, 40), 'second', 8, 3, 4)];
    const product = [...accounts, ...range(400, 300)].map((account): Link => [account, 'content', 'product', 150]);
    const besides = accounts.map((account): Link => [account, 'network', `own address ${account}`, 100]);
    expect((await found([...strangers, ...both, ...product, ...besides])).map((one) => one.accounts)).toEqual([
      range(0, 120),
      range(200, 40),
    ]);
  });

  it('takes no product for a network: thousands share its template and nothing else', async () => {
    const product = range(0, 800).map((account): Link => [account, 'content', 'product', 100]);
    const offices = range(0, 40).flatMap((office) =>
      range(office * 20, 20).map((account): Link => [account, 'network', `office ${office}`, 100]),
    );
    expect(await found([...strangers, ...product, ...offices])).toEqual([]);
  });

  it('finds nothing when the same links fall by chance', async () => {
    const random = seededRandom(6);
    const links = range(0, 1500).flatMap((account): Link[] => [
      [account, 'network', `address ${Math.floor(random() * 400)}`, 50],
      [account, 'content', `template ${Math.floor(random() * 200)}`, 50],
      [account, 'identity', `card ${Math.floor(random() * 500)}`, 50],
    ]);
    expect((await found([...strangers, ...links])).filter(({ expectedFalse }) => expectedFalse < 0.01)).toEqual([]);
  });

  it('stops in the middle of the search when it is told to', async () => {
    const table = tableFromArrays({ entity: Int32Array.from({ length: population }, (_, account) => account) });
    const breathe = () => Promise.reject(new Error('stopped'));
    const links = [...strangers, ...network(range(0, 500), 'large', 60, 12, 1)];
    await expect(
      cluster({ ...context, breathe }, evidenceOf(links), { relation: '', table, count: population }),
    ).rejects.toThrow('stopped');
  });
});
