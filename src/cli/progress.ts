import type { DisplayOptions } from '../config/options.ts';
import { count } from '../util/text.ts';
import type { Terminal } from './terminal.ts';

/** How far a run is. */
export interface Progress {
  readonly stage: string;
  /** Of the whole run, 0..1; undefined where the stages that come are not known. */
  readonly share: number | undefined;
  /** Of the running statement, 0..1. */
  readonly statementShare: number | undefined;
  readonly rowsPerSecond: number | undefined;
  readonly secondsLeft: number | undefined;
  readonly secondsPassed: number;
}

/** Share of a scan's time that each stage takes, as measured on 1.8 M rows of CSV with every column but prompts. */
const stageShares: ReadonlyMap<string, number> = new Map([
  ['read', 0.03],
  ['normalise', 0.35],
  ['measure', 0.04],
  ['link', 0.38],
  ['cluster', 0.05],
  ['score', 0.14],
  ['report', 0.01],
]);

/** The same with prompts, on 3.4 M rows of Parquet. */
const stageSharesWithTexts: ReadonlyMap<string, number> = new Map([
  ['read', 0.01],
  ['normalise', 0.04],
  ['mine', 0.5],
  ['measure', 0.02],
  ['link', 0.28],
  ['cluster', 0.02],
  ['score', 0.12],
  ['report', 0.01],
]);

/** Below this share the time that is left would be a guess. */
const leastShareForEstimate = 0.05;

/** Follows a run through its stages. `clock` gives milliseconds; `statement` the share of the running statement, 0..1. */
export class ProgressTracker {
  readonly #clock: () => number;
  readonly #statement: () => number | undefined;
  readonly #startedMs: number;
  #shares = stageShares;
  #stage = '';
  #finished = 0;
  #inStage = 0;
  #rows: number | undefined;

  constructor(clock: () => number, statement: () => number | undefined) {
    this.#clock = clock;
    this.#statement = statement;
    this.#startedMs = clock();
  }

  enter(stage: string): void {
    this.#finished += this.#shares.get(this.#stage) ?? 0;
    this.#stage = stage;
    this.#inStage = 0;
  }

  expectTexts(): void {
    this.#shares = stageSharesWithTexts;
  }

  count(rows: number): void {
    this.#rows = rows;
  }

  /** A stage runs many statements; its share is that of the one that came furthest, so that it never goes back. */
  now(): Progress {
    const statementShare = this.#statement();
    this.#inStage = Math.max(this.#inStage, statementShare ?? 0);
    const stageShare = this.#shares.get(this.#stage);
    const share = stageShare === undefined ? undefined : Math.min(1, this.#finished + stageShare * this.#inStage);
    const secondsPassed = (this.#clock() - this.#startedMs) / 1000;
    const isKnown = share !== undefined && share >= leastShareForEstimate && secondsPassed > 0;
    return {
      stage: this.#stage,
      share,
      statementShare,
      rowsPerSecond: isKnown && this.#rows !== undefined ? (this.#rows * share) / secondsPassed : undefined,
      secondsLeft: isKnown ? (secondsPassed * (1 - share)) / share : undefined,
      secondsPassed,
    };
  }
}

const barWidth = 20;

/** One line for a terminal: stage, bar, share, rows a second, time left. */
export function progressLine(progress: Progress): string {
  const { stage, share, statementShare, rowsPerSecond, secondsLeft, secondsPassed } = progress;
  const shown = share ?? statementShare;
  const filled = Math.round((shown ?? 0) * barWidth);
  const parts = [
    ...(shown === undefined
      ? []
      : [`[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${String(Math.floor(shown * 100)).padStart(3)} %`]),
    ...(rowsPerSecond === undefined ? [] : [`${count(rowsPerSecond)} rows/s`]),
    secondsLeft === undefined ? `${duration(secondsPassed)} so far` : `${duration(secondsLeft)} left`,
  ];
  return `${stage.padEnd(9)} ${parts.join('  ')}`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${Math.floor(whole / 3600)} h`;
}

const drawnEveryMs = 250;
const writtenEveryMs = 1000;

/** Shows a run's progress as asked for, until `stop`. */
export function showProgress(
  tracker: ProgressTracker,
  terminal: Terminal,
  { progress, quiet }: Pick<DisplayOptions, 'progress' | 'quiet'>,
): { readonly draw: () => void; readonly stop: () => void } {
  if (progress === 'none' || (quiet && progress === 'auto')) return { draw: () => {}, stop: () => {} };
  const isNdjson = progress === 'ndjson';
  const draw = (): void => {
    const now = tracker.now();
    if (now.stage === '') return;
    if (isNdjson) terminal.record(roundedRecord(now));
    else terminal.progress(progressLine(now));
  };
  const timer = setInterval(draw, isNdjson ? writtenEveryMs : drawnEveryMs);
  const stop = (): void => {
    clearInterval(timer);
    terminal.clearProgress();
  };
  return { draw, stop };
}

function roundedRecord({ stage, share, rowsPerSecond, secondsLeft, secondsPassed }: Progress): object {
  const round = (value: number | undefined, digits: number): number | null =>
    value === undefined ? null : Number(value.toFixed(digits));
  return {
    kind: 'progress',
    stage,
    share: round(share, 4),
    rowsPerSecond: round(rowsPerSecond, 0),
    secondsLeft: round(secondsLeft, 1),
    secondsPassed: round(secondsPassed, 1),
  };
}
