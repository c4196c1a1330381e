import { type Sql, sql } from '../engine/sql.ts';
import { chance, hexadecimal, random, uniform } from './draw.ts';
import { productAgent } from './products.ts';

/** Key of the address a call comes from: one of those an account has; it moves to others of its pool every few days. */
export function callAddress(day: number): Sql {
  const own = sql`hash(number, ${day} // 6, (${random(15)} * pool_own)::INTEGER % pool_own) % pool_size`;
  return sql`CASE WHEN hash(account_id, 'no address') % 200 = 0 THEN NULL
    WHEN home IS NOT NULL AND ${random(16)} < home_share THEN hash(home) ELSE hash(pool, ${own}) END`;
}

const systems = 3000;

/** The autonomous system of an address key: that of its /16. A few systems have many networks, most have one. */
export function autonomousSystem(key: Sql): Sql {
  const share = uniform(sql`${key} % 223`, sql`(${key} >> 8) % 256`, sql`'asn'`);
  return sql`CASE WHEN ${key} IS NOT NULL THEN 'AS' || (174 + 20 * floor(${systems} * ${share} * ${share} * ${share}))::INTEGER END`;
}

/** Builds of one kind of client that differ in their TLS handshake. */
const clientBuilds = 6;

/**
 * The TLS fingerprint behind a user agent: that of its kind, which is what stands before the slash, since versions and
 * products on one runtime greet alike; in one of a few builds, by the machine of the account.
 */
export function tlsFingerprint(userAgent: Sql, account: Sql): Sql {
  const machine = uniform(sql`hash(${account}, 'machine')`);
  const handshake = sql`hash(split_part(${userAgent}, '/', 1), floor(${clientBuilds} * ${machine} * ${machine})::INTEGER, 'tls')`;
  const extensions = hexadecimal(sql`hash(${handshake}, 'extensions')`);
  return sql`'t13d' || (13 + ${handshake} % 7) || '12h2_' || substr(${hexadecimal(handshake)}, 1, 12) || '_' || substr(${extensions}, 1, 12)`;
}

/** What hides behind a product names itself as the product's client does, where it gives a name at all. */
export const userAgent: Sql = sql`CASE WHEN disguise IS NOT NULL AND user_agent IS NOT NULL THEN ${productAgent(sql`disguise`)} ELSE user_agent END`;

export const fingerprint: Sql = sql`
  CASE WHEN disguise IS NOT NULL THEN ${tlsFingerprint(productAgent(sql`disguise`), sql`account_id`)} ELSE tls_fingerprint END`;

/** Whom an account that names its users calls for: the customer who came, or one of a thousand, some far more often. */
export const endUser: Sql = sql`
  CASE WHEN names_users THEN 'user-' || ${hexadecimal(sql`CASE WHEN author <> number THEN hash(number, author)
    ELSE hash(number, 'user', floor(1000 * pow(${chance('user')}, 3))::INTEGER) END`)} END`;

/** People and agents keep a session for a sitting; of the software, half names none. */
export const session: Sql = sql`
  CASE WHEN rhythm IN ('human', 'agent') THEN ${hexadecimal(sql`hash(day_h, call // 5, 'session')`)}
    WHEN hash(account_id, 'sessions') % 2 = 0 THEN ${hexadecimal(sql`hash(h, 'session')`)} END`;
