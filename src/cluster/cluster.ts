import type { Breathe, RunContext } from '../engine/context.ts';
import { type Cluster, smallestCluster } from '../model/cluster.ts';
import type { Evidence } from '../model/evidence.ts';
import type { AccountFeatures } from '../model/features.ts';
import { seededRandom } from '../util/random.ts';
import { bestGroups } from './best-groups.ts';
import { findBundles } from './bundles.ts';
import { findCommunities } from './communities.ts';
import { dealLinks } from './decoy.ts';
import { buildGraph, type EvidenceGraph } from './graph.ts';
import { MemberUse } from './member-use.ts';
import { type MemberTest, testMembers } from './members.ts';
import { type Support, supportOf } from './support.ts';
import { linkWeights } from './weighted.ts';

/**
 * Links to look at in all decoys together: a decoy costs as much as the search itself. Five of them are too few for a small
 * graph, which affords more: the strongest cluster that chance gives hangs on luck then, and a level on that.
 */
const decoyLinks = 250_000;
const mostDecoys = 50;

type Found = Support & MemberTest;

/** Finds groups of entities that share what strangers rarely share, and how many such groups chance alone would give. */
export async function cluster(context: RunContext, evidence: Evidence, features: AccountFeatures): Promise<Cluster[]> {
  const { breathe } = context;
  const random = seededRandom(context.config.seed);
  const graph = buildGraph(evidence, features);
  context.emit({ kind: 'note', text: `graph of ${graph.entityCount} entities, ${graph.valueCount} values` });
  const found = await search(graph, random, breathe);
  const decoyCount = Math.max(1, Math.min(mostDecoys, Math.floor(decoyLinks / Math.max(1, graph.entityValues.length))));
  const chance = { surprises: await decoys(graph, decoyCount, random, breathe), decoyCount };
  return found.map((group) => ({
    ...group,
    entities: group.entities.map((entity) => graph.entityNumber[entity] ?? 0),
    expectedFalse: expectedFalse(chance, group, graph.population),
  }));
}

async function search(graph: EvidenceGraph, random: () => number, breathe: Breathe): Promise<Found[]> {
  const found: Found[] = [];
  const use = new MemberUse(graph);
  for (const community of await seeds(graph, random, breathe)) {
    await breathe();
    const test = testMembers(graph, community, use);
    if (test.entities.length < smallestCluster) continue;
    found.push({ ...supportOf(graph, test, use), ...test });
  }
  return bestGroups(found, graph.population).sort(
    (left, right) => right.surprise - left.surprise || (left.entities[0] ?? 0) - (right.entities[0] ?? 0),
  );
}

/**
 * Sets of entities to start from: communities in all evidence, and in the shape of calls alone, and who shares a bundle. A
 * network that hides its prompts among those of popular products is torn apart by them in the whole graph, and two networks
 * that hide behind the same products are joined; the shape of their work is what they cannot share with others.
 */
async function seeds(graph: EvidenceGraph, random: () => number, breathe: Breathe): Promise<Int32Array[]> {
  const shape = graph.families.indexOf('shape');
  const valueWeight = graph.valueWeight.map((weight, value) => (graph.valueFamily[value] === shape ? weight : 0));
  const alone = { ...graph, valueWeight };
  return [
    ...(await findCommunities(graph, linkWeights(graph), random, breathe)),
    ...(await findCommunities(alone, linkWeights(alone), random, breathe)),
    ...findBundles(graph),
  ];
}

/** Surprise of each member of the clusters in all decoys: links dealt out anew, every value's number of sharers kept. */
async function decoys(graph: EvidenceGraph, count: number, random: () => number, breathe: Breathe): Promise<number[]> {
  const found: Found[] = [];
  for (let decoy = 0; decoy < count; decoy += 1) {
    found.push(...(await search(dealLinks(graph, random), random, breathe)));
  }
  return found
    .filter((group) => group.families.filter((family) => family.isSupported).length > 1)
    .map((group) => group.surprise / group.entities.length);
}

/** What clusters of such copies look like. */
interface Chance {
  /** Mean surprise of the members of each cluster in a copy, nats. */
  readonly surprises: readonly number[];
  readonly decoyCount: number;
}

/**
 * Decoy clusters a run, with an exponential tail beyond them. Chance gives each member as much as the strongest decoy has
 * (a decoy may hold half of all entities, by next to nothing each); what a cluster has beyond that takes further
 * coincidences, and one of them adds at most ln(population).
 */
function expectedFalse({ surprises, decoyCount }: Chance, group: Found, population: number): number {
  const byChance = group.entities.length * surprises.reduce((most, surprise) => Math.max(most, surprise), 0);
  const rate = (surprises.length + 1) / (decoyCount + 1);
  return rate * Math.exp(-Math.max(0, group.surprise - byChance) / Math.log(Math.max(3, population)));
}
