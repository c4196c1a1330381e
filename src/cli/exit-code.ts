/** How the program ends. An error outranks a finding. */
export const exitCodes = {
  finished: 0,
  found: 1,
  failed: 2,
  noUsableRows: 3,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeHelp = `
Exit codes:
  0    finished; nothing at or above --fail-on
  1    finished; something at or above --fail-on
  2    could not finish: wrong usage, unreadable input, or a bug
  3    finished, but no row was usable or too many were rejected
  130  stopped with Ctrl-C (129 and 143: by SIGHUP and SIGTERM)`;
