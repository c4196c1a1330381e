import { type Sql, sql } from '../engine/sql.ts';

/**
 * The network an address lies in, as its leading bits: 24 of an IPv4 address, 48 of an IPv6 address; NULL for what is
 * neither, such as a hash. IPv6 is read as RFC 5952 writes it: `::` never stands for a single group.
 */
export function narrowNetwork(ip: Sql): Sql {
  const v6 = sql`regexp_extract(replace(lower(${ip}), '::', ':0:0:'), '^0*([0-9a-f]+):0*([0-9a-f]+):0*([0-9a-f]+):', ['a', 'b', 'c'])`;
  return sql`CASE
    WHEN ${isV4(ip)} THEN regexp_replace(${ip}, '[0-9]+$', '0/24')
    WHEN ${v6}.a <> '' THEN ${v6}.a || ':' || ${v6}.b || ':' || ${v6}.c || '::/48' END`;
}

/** The same with 16 and 32 bits. */
export function wideNetwork(ip: Sql): Sql {
  const v6 = sql`regexp_extract(replace(lower(${ip}), '::', ':0:0:'), '^0*([0-9a-f]+):0*([0-9a-f]+):', ['a', 'b'])`;
  return sql`CASE
    WHEN ${isV4(ip)} THEN regexp_replace(${ip}, '[0-9]+[.][0-9]+$', '0.0/16')
    WHEN ${v6}.a <> '' THEN ${v6}.a || ':' || ${v6}.b || '::/32' END`;
}

function isV4(ip: Sql): Sql {
  return sql`regexp_full_match(${ip}, '([0-9]{1,3}[.]){3}[0-9]{1,3}')`;
}
