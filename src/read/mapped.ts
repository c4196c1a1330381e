import type { RunContext } from '../engine/context.ts';
import { identifier, type Sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { type Mapping, mapColumns, passedOver, requireColumns, requireMapped } from './columns.ts';
import type { Layout } from './container.ts';

/** The value of a canonical column in terms of the source columns, and the type that the engine gives it. */
export interface MappedColumn {
  readonly value: Sql;
  readonly type: string;
}

/** How the rows of one layout become canonical ones. */
export interface MappedLayout {
  readonly layout: Layout;
  readonly mapping: ReadonlyMap<CanonicalColumn, MappedColumn>;
  /** The source columns that the mapping reads; no other is parsed. */
  readonly sources: readonly string[];
}

/** Maps the columns of each layout. Throws `ConfigError` or `InputError` where a column is missing. */
export function mapLayouts(context: RunContext, layouts: readonly Layout[]): MappedLayout[] {
  const { config, emit } = context;
  const everySource = [...new Set(layouts.flatMap(({ columns }) => [...columns.keys()]))];
  requireMapped(config.map, everySource, layouts[0]?.files[0]?.path ?? '');
  return layouts.map((layout) => {
    const sources = [...layout.columns.keys()];
    const path = layout.files[0]?.path ?? '';
    const mapping = mapColumns(sources, config.map);
    requireColumns(mapping, sources, path);
    for (const [canonical, source] of mapping) {
      const others = config.map.has(canonical) ? [] : passedOver(sources, mapping, canonical);
      if (others.length === 0) continue;
      const text = `${path}: ${canonical} is read from ${source}, not ${others.join(', ')}; --map can change that`;
      emit({ kind: 'note', text });
    }
    return mapped(layout, mapping);
  });
}

function mapped(layout: Layout, mapping: Mapping): MappedLayout {
  const columns = [...mapping].map(([canonical, source]): [CanonicalColumn, MappedColumn] => [
    canonical,
    { value: identifier(source), type: layout.columns.get(source) ?? 'VARCHAR' },
  ]);
  return { layout, mapping: new Map(columns), sources: [...new Set(mapping.values())] };
}
