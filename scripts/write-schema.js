import { writeFile } from 'node:fs/promises';
import { reportSchema } from '../dist/report/schema.js';

await writeFile('src/report/run-report.schema.json', reportSchema());
