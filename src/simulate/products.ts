import { type Sql, sql } from '../engine/sql.ts';

/** Popular products: an agent, a plug-in, an editor; their prompts and tools reach thousands of unrelated people. */
const popularProducts = 15;

/** Versions of its system prompt that a product has in the field. */
export const productVersions = 2;

/** Number of a popular product from a number 0..1: the first ones have most of the users. */
export function popularProduct(choice: Sql): Sql {
  return sql`(${popularProducts} * ${choice} * ${choice})::INTEGER`;
}

/** How a product's client names itself. */
export function productAgent(product: Sql): Sql {
  return sql`'agent/' || ${product}`;
}
