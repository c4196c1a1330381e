/** A place in a drawing, in units of its own. */
export interface Point {
  x: number;
  y: number;
}

/** A line between two nodes; the heavier, the closer it pulls them. */
export interface Link {
  readonly from: number;
  readonly to: number;
  /** Above 0, at most 1. */
  readonly weight: number;
}

const rounds = 220;
const gravity = 0.03;

/** Turns that never meet again: the golden angle. */
const turn = Math.PI * (3 - Math.sqrt(5));

/**
 * Places nodes so that linked ones lie close and others apart, by forces as in Fruchterman and Reingold (1991), from a fixed
 * spiral with steps that shrink: the same graph always gets the same places. Cost: rounds x (nodes^2 + links).
 */
export function placeNodes(nodeCount: number, links: readonly Link[]): Point[] {
  const nodes = Array.from({ length: nodeCount }, (_, node): Point => {
    const radius = Math.sqrt((node + 1) / nodeCount);
    return { x: radius * Math.cos(node * turn), y: radius * Math.sin(node * turn) };
  });
  const distance = 1 / Math.sqrt(Math.max(1, nodeCount));
  for (let round = 0; round < rounds; round += 1) {
    const forces = nodes.map(({ x, y }): Point => ({ x: -gravity * x, y: -gravity * y }));
    repel(nodes, forces, distance);
    attract(nodes, forces, links, distance);
    const longest = 0.15 * (1 - round / rounds);
    nodes.forEach((node, position) => {
      const { x, y } = forces[position] ?? { x: 0, y: 0 };
      const scale = Math.min(1, longest / Math.max(1e-9, Math.sqrt(x * x + y * y)));
      node.x += x * scale;
      node.y += y * scale;
    });
  }
  return nodes;
}

function repel(nodes: readonly Point[], forces: readonly Point[], distance: number): void {
  nodes.forEach((one, position) => {
    for (let other = position + 1; other < nodes.length; other += 1) {
      push(one, nodes[other], forces[position], forces[other], (length) => (distance * distance) / length);
    }
  });
}

function attract(nodes: readonly Point[], forces: readonly Point[], links: readonly Link[], distance: number): void {
  for (const { from, to, weight } of links) {
    push(nodes[from], nodes[to], forces[from], forces[to], (length) => (-weight * length * length) / (4 * distance));
  }
}

/** Adds a force along the line between two nodes: apart where it is positive. */
function push(
  one: Point | undefined,
  other: Point | undefined,
  forceOfOne: Point | undefined,
  forceOfOther: Point | undefined,
  force: (length: number) => number,
): void {
  if (one === undefined || other === undefined || forceOfOne === undefined || forceOfOther === undefined) return;
  const [dx, dy] = [one.x - other.x, one.y - other.y];
  const length = Math.max(1e-3, Math.sqrt(dx * dx + dy * dy));
  const scale = force(length) / length;
  forceOfOne.x += dx * scale;
  forceOfOne.y += dy * scale;
  forceOfOther.x -= dx * scale;
  forceOfOther.y -= dy * scale;
}

/** The same places, stretched over a box from (left, top) on. */
export function fitInto(nodes: readonly Point[], left: number, top: number, width: number, height: number): Point[] {
  const [xs, ys] = [nodes.map(({ x }) => x), nodes.map(({ y }) => y)];
  const stretch = (value: number, values: readonly number[], size: number): number => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return most - least < 1e-9 ? size / 2 : ((value - least) / (most - least)) * size;
  };
  return nodes.map(({ x, y }) => ({ x: left + stretch(x, xs, width), y: top + stretch(y, ys, height) }));
}
