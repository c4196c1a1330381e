/** Links as three columns of equal length. */
export interface Links {
  readonly entities: Int32Array;
  readonly values: Int32Array;
  readonly shares: Float64Array;
}

/** Links by entity and by value, in compressed rows: the links of row r are `offsets[r]` to `offsets[r + 1]`. */
export interface LinkRows {
  readonly entityOffsets: Int32Array;
  readonly entityValues: Int32Array;
  /** For each link of `entityValues`: the share, 0..1, of the entity's queries in the family that carry the value. */
  readonly entityShares: Float64Array;
  readonly valueOffsets: Int32Array;
  readonly valueEntities: Int32Array;
  /** Sum of the shares of each value over all entities. */
  readonly valueShare: Float64Array;
}

export function compress({ entities, values, shares }: Links, entityCount: number, valueCount: number): LinkRows {
  const byEntity = orderBy(entities, entityCount);
  const byValue = orderBy(values, valueCount);
  const valueShare = new Float64Array(valueCount);
  values.forEach((value, link) => {
    valueShare[value] = (valueShare[value] ?? 0) + (shares[link] ?? 0);
  });
  const entityShares = new Float64Array(shares.length);
  byEntity.order.forEach((link, place) => {
    entityShares[place] = shares[link] ?? 0;
  });
  return {
    entityOffsets: byEntity.offsets,
    entityValues: byEntity.order.map((link) => values[link] ?? 0),
    entityShares,
    valueOffsets: byValue.offsets,
    valueEntities: byValue.order.map((link) => entities[link] ?? 0),
    valueShare,
  };
}

/** Counting sort: positions of `rows` in the order of their numbers, and where each number starts. */
export function orderBy(rows: Int32Array, rowCount: number): { offsets: Int32Array; order: Int32Array } {
  const offsets = new Int32Array(rowCount + 1);
  for (const row of rows) offsets[row + 1] = (offsets[row + 1] ?? 0) + 1;
  for (let row = 0; row < rowCount; row += 1) offsets[row + 1] = (offsets[row + 1] ?? 0) + (offsets[row] ?? 0);
  const next = offsets.slice(0, rowCount);
  const order = new Int32Array(rows.length);
  rows.forEach((row, position) => {
    const place = next[row] ?? 0;
    order[place] = position;
    next[row] = place + 1;
  });
  return { offsets, order };
}
