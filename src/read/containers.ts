import type { Container } from './container.ts';
import { csv } from './containers/csv.ts';
import { parquet } from './containers/parquet.ts';

/** Every container, asked in this order whether a file is one: those with a signature first, CSV last. */
export const containers: readonly Container[] = [parquet, csv];
