import { cp, mkdir } from 'node:fs/promises';

// tsc copies no data files; these are read from beside the code that uses them.
await mkdir('dist/simulate/data', { recursive: true });
await cp('src/simulate/data', 'dist/simulate/data', { recursive: true });
await cp('src/simulate/text/grammar', 'dist/simulate/text/grammar', { recursive: true });
await cp('src/read/presets', 'dist/read/presets', { recursive: true });
await cp('src/report/run-report.schema.json', 'dist/report/run-report.schema.json');
await cp('src/cluster/family-weights.json', 'dist/cluster/family-weights.json');
