import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { narrowNetwork, wideNetwork } from '../../src/link/network.ts';
import { withEngine } from '../support/world.ts';

describe('networks of addresses', () => {
  it.each([
    ['203.0.113.7', '203.0.113.0/24', '203.0.0.0/16'],
    ['2001:db8:12:34::1', '2001:db8:12::/48', '2001:db8::/32'],
    ['2001:0DB8:0012:0034:0:0:0:1', '2001:db8:12::/48', '2001:db8::/32'],
    ['2001:db8::1', '2001:db8:0::/48', '2001:db8::/32'],
    ['2600::9', '2600:0:0::/48', '2600:0::/32'],
    ['203.0.113.7:443', null, null],
    ['5f0c9a7e', null, null],
    ['host-12.example', null, null],
  ])('%s', async (ip, narrow, wide) => {
    await withEngine(async (engine) => {
      const rows = await engine.query(
        sql`SELECT ${narrowNetwork(sql`ip`)} AS narrow, ${wideNetwork(sql`ip`)} AS wide FROM (SELECT ${ip} AS ip)`,
      );
      expect(rows.get(0)?.toJSON()).toEqual({ narrow, wide });
    });
  });
});
