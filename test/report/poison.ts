import type { ReportExhibits } from '../../src/model/exhibits.ts';
import type { ReportCluster, RunReport } from '../../src/model/report.ts';
import { fixture } from './fixture.ts';
import { illustrate } from './illustrate.ts';

const illustrated = illustrate(fixture);

/** A report of all that reports can hold, with every text that could come from a log replaced. */
export function poison(text: string): RunReport {
  const { population } = illustrated;
  const clusters = illustrated.clusters.map(
    (cluster): ReportCluster => ({
      ...cluster,
      accounts: { ...cluster.accounts, ids: [text] },
      queries: { ...cluster.queries, byModel: { [text]: 1 } },
      targets: [{ label: text, share: 1 }],
      asked: {
        prompts: 1,
        capabilities: [{ label: text, share: 1 }],
        labels: [{ label: text, share: 1 }],
        examples: [text],
      },
      evidence: cluster.evidence.map((item) => ({ ...item, detector: text, summary: text, examples: [text] })),
      counterEvidence: [text],
      innocentCauses: [text],
      ...(cluster.exhibits === undefined ? {} : { exhibits: poisonExhibits(cluster.exhibits, text) }),
    }),
  );
  return {
    ...illustrated,
    tool: { ...illustrated.tool, version: text, configHash: text },
    inputs: [{ path: text, format: text, preset: text, bytes: 1 }],
    totals: { ...illustrated.totals, rejectedByReason: { [text]: 3 } },
    detectors: [
      { id: text, family: 'network', state: 'ran', links: 0 },
      { id: text, family: 'content', state: 'skipped', reason: text, links: 0 },
    ],
    ...(population === undefined
      ? {}
      : { population: { ...population, releases: [{ model: text, day: '2026-02-05' }] } }),
    clusters,
  };
}

function poisonExhibits(exhibits: ReportExhibits, text: string): ReportExhibits {
  return {
    ...exhibits,
    members: exhibits.members.map((member) => ({ ...member, id: text, requests: [text] })),
    values: exhibits.values.map((value) => ({ ...value, detector: text, text })),
  };
}
