import type { Vector } from 'apache-arrow';
import type { AccountFeatures } from '../model/features.ts';
import { groupBy } from '../util/group.ts';

/** Fewer entities than this are no crowd that chance could deal links to. */
const fewestEntities = 100;

/**
 * The stratum of each entity, numbered from 0: entities alike in what makes strangers share things. Who uses the same models
 * draws on the same products, clients and prompts; who lives in one country (or network, where the log has no countries) on
 * the same networks; who works at the same hours of the week on the same events. Where too few are alike in all, hours are left out, then
 * country, then models. `numbers` are the entities' numbers.
 */
export function strata(features: AccountFeatures, numbers: Int32Array): Int32Array {
  const likenesses = likenessesOf(features, numbers);
  const stratum = new Int32Array(numbers.length);
  let left = [...numbers.keys()];
  let count = 0;
  for (let depth = likenesses.length; depth > 0; depth -= 1) {
    const codes = likenesses.slice(0, depth).flat();
    const groups = groupBy(left, (position) => codes.map((code) => code[position]).join(' '));
    left = [];
    for (const entities of groups.values()) {
      if (entities.length < fewestEntities) left.push(...entities);
      else {
        for (const entity of entities) stratum[entity] = count;
        count += 1;
      }
    }
  }
  for (const entity of left) stratum[entity] = count;
  return stratum;
}

/** Models, country or network, and hours of the week: for each the columns that the log has, as a code of each entity. */
function likenessesOf({ table }: AccountFeatures, numbers: Int32Array): Int32Array[][] {
  const place = table.getChild('first_country') === null ? 'first_asn' : 'first_country';
  return [['first_model', 'last_model'], [place], ['main_hours', 'main_days']].map((names) =>
    names.map((name) => codesOf(table.getChild(name), numbers)),
  );
}

/** Equal numbers for equal values; 0 for all where there is no column. */
function codesOf(column: Vector | null, numbers: Int32Array): Int32Array {
  const known = new Map<unknown, number>();
  if (column === null) return new Int32Array(numbers.length);
  return numbers.map((entity) => {
    const value: unknown = column.get(entity);
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  });
}
