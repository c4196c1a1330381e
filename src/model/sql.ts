/** A piece of SQL text in which every value is already quoted. Only the functions of engine/sql.ts make one. */
export interface Sql {
  readonly kind: 'sql';
  readonly text: string;
}
