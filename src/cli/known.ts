import { markBaseline, markSuppressed } from '../compare/known.ts';
import { readSuppressions } from '../config/suppressions.ts';
import type { RunReport } from '../model/report.ts';
import type { Suppression } from '../model/suppression.ts';
import { loadRun } from './actions/report.ts';
import type { Terminal } from './terminal.ts';

interface KnownFlags {
  readonly baseline?: string | undefined;
  readonly suppressions?: string | undefined;
  readonly quiet: boolean;
}

/** What is known before a scan: it is read first, so that a wrong file costs no scan. */
export interface Known {
  /** Marks clusters by suppressions; for the report as the log names accounts, and again as it will be shown. */
  readonly suppress: (report: RunReport) => RunReport;
  /** Marks clusters by the baseline, which names accounts as the report shows them. */
  readonly compare: (report: RunReport) => RunReport;
  /** Says which suppressions are expired or had nothing to do. */
  readonly tell: () => void;
}

/** Reads the baseline and the suppressions. `today` is a day in UTC such as 2026-11-25. */
export async function readKnown(flags: KnownFlags, terminal: Terminal, today: string): Promise<Known> {
  const baseline = flags.baseline === undefined ? undefined : await loadRun(flags.baseline);
  const all = flags.suppressions === undefined ? [] : await readSuppressions(flags.suppressions);
  const current = all.filter(({ until }) => until >= today);
  const used = new Set<Suppression>();
  return {
    suppress: (report) => {
      const marked = markSuppressed(report, current);
      for (const suppression of marked.used) used.add(suppression);
      return marked.report;
    },
    compare: (report) => (baseline === undefined ? report : markBaseline(report, baseline)),
    tell: () => {
      if (flags.quiet) return;
      const expired = all.filter((suppression) => !current.includes(suppression));
      const unused = current.filter((suppression) => !used.has(suppression));
      for (const one of expired) terminal.message(`suppression of ${nameOf(one)} has expired on ${one.until}`);
      for (const one of unused) terminal.message(`suppression of ${nameOf(one)} covers nothing; remove it`);
    },
  };
}

function nameOf({ cluster, account, detector }: Suppression): string {
  if (cluster !== undefined) return `cluster ${cluster}`;
  return account === undefined ? `detector ${detector ?? ''}` : `account ${account}`;
}
