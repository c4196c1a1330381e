import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';

/** Runs the action of a command with the terminal. */
export type Run = (action: (terminal: Terminal) => Promise<ExitCode>) => Promise<void>;

/** A command: its name and its line in the help. The rest is loaded only where it is needed, so that help comes at once. */
export interface CommandEntry {
  readonly name: string;
  readonly description: string;
  /** Gives a command its arguments, its options and its action. */
  readonly define: (command: Command, run: Run) => Promise<void>;
}

/** The first one is the default. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'scan',
    description: 'Read exported usage logs and print ranked suspect clusters.',
    define: async (command, run) => {
      const { describeScan } = await import('./scan.ts');
      describeScan(command).action((paths, flags) =>
        run(async (terminal) => {
          const { scan } = await import('../actions/scan.ts');
          return scan(paths, flags, terminal);
        }),
      );
    },
  },
  {
    name: 'inspect',
    description: 'Say what a scan would understand of an input: format, columns, times, gaps, and what can run on it.',
    define: async (command, run) => {
      const { describeInspect } = await import('./inspect.ts');
      describeInspect(command).action((paths, flags) =>
        run(async (terminal) => {
          const { inspectInput } = await import('../actions/inspect.ts');
          return inspectInput(paths, flags, terminal);
        }),
      );
    },
  },
  {
    name: 'report',
    description: 'Show a saved run (scan -o run.json) again.',
    define: async (command, run) => {
      const { describeReport } = await import('./report.ts');
      describeReport(command).action((path, flags) =>
        run(async (terminal) => {
          const { report } = await import('../actions/report.ts');
          return report(path, flags, terminal);
        }),
      );
    },
  },
  {
    name: 'explain',
    description: 'Say why a cluster of a saved run is one, or why an account is in it, and what would change that.',
    define: async (command, run) => {
      const { describeExplain } = await import('./explain.ts');
      describeExplain(command).action((path, name, flags) =>
        run(async (terminal) => {
          const { explain } = await import('../actions/explain.ts');
          return explain(path, name, flags, terminal);
        }),
      );
    },
  },
  {
    name: 'diff',
    description:
      'Compare two saved runs: clusters that are new, grown, merged, split, shrunk or gone, by their members.',
    define: async (command, run) => {
      const { describeDiff } = await import('./diff.ts');
      describeDiff(command).action((before, after, flags) =>
        run(async (terminal) => {
          const { diff } = await import('../actions/diff.ts');
          return diff(before, after, flags, terminal);
        }),
      );
    },
  },
  {
    name: 'detectors',
    description: 'List the detectors, the columns they need and their parameters.',
    define: async (command, run) => {
      const { describeDetectors } = await import('./detectors.ts');
      describeDetectors(command).action((flags) =>
        run(async (terminal) => {
          const { listDetectors } = await import('../actions/detectors.ts');
          return listDetectors(flags, terminal);
        }),
      );
    },
  },
  {
    name: 'formats',
    description: 'List the formats of exports that are known by their columns, and how well each was checked.',
    define: async (command, run) => {
      const { describeFormats } = await import('./formats.ts');
      describeFormats(command).action((flags) =>
        run(async (terminal) => {
          const { listFormats } = await import('../actions/formats.ts');
          return listFormats(flags, terminal);
        }),
      );
    },
  },
  {
    name: 'simulate',
    description: 'Write a labelled world of usage logs, to measure the scan before you trust it.',
    define: async (command, run) => {
      const { describeSimulate } = await import('./simulate.ts');
      describeSimulate(command).action((directory, flags) =>
        run(async (terminal) => {
          const { simulateWorld } = await import('../actions/simulate.ts');
          return simulateWorld(directory, flags, terminal);
        }),
      );
    },
  },
  {
    name: 'evaluate',
    description: 'Hold a saved run against labels: precision, recall, counts, and what each false positive was.',
    define: async (command, run) => {
      const { describeEvaluate } = await import('./evaluate.ts');
      describeEvaluate(command).action((path, labels, flags) =>
        run(async (terminal) => {
          const { evaluateRun } = await import('../actions/evaluate.ts');
          return evaluateRun(path, labels, flags, terminal);
        }),
      );
    },
  },
  {
    name: 'completion',
    description: 'Print a script that completes commands, options and their words, for your shell to load.',
    define: async (command, run) => {
      const { describeCompletion } = await import('./completion.ts');
      describeCompletion(command).action((shell) =>
        run(async (terminal) => {
          const { completion } = await import('../actions/completion.ts');
          return completion(shell, terminal);
        }),
      );
    },
  },
];
