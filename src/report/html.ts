import { page } from './html/page.ts';
import type { Reporter } from './reporter.ts';

/** One page to hand on: no script, nothing loaded, readable on a screen, in the dark and on paper. */
export const htmlPage: Reporter = {
  format: 'html',
  extensions: ['.html', '.htm'],
  render: (report, { zone }) => page(report, zone).text,
};
