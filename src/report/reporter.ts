import type { RunReport } from '../model/report.ts';

/** How a report may look; formats that are not for people ignore it. */
export interface ReportStyle {
  /** Columns of the terminal. */
  readonly width: number;
  /** Marks a text by its meaning; the identity where there is no colour. */
  readonly paint: Paint;
  /** IANA name of the zone that instants are shown in, with their offset; UTC where it is left out. Days that were counted stay days in UTC. */
  readonly zone?: string;
}

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** One format: a pure function of the report. */
export interface Reporter {
  readonly format: string;
  /** File name extensions that mean this format, with their dot. */
  readonly extensions: readonly string[];
  readonly render: (report: RunReport, style: ReportStyle) => string;
}

const same = (text: string): string => text;

export const plainPaint: Paint = { bold: same, dim: same, red: same, yellow: same, cyan: same };
