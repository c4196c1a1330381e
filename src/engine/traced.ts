import type { Engine } from './engine.ts';
import type { Sql } from './sql.ts';

const longestStatement = 200;

/** The same engine, telling each statement when it is done, with its time. Values in it are left out: they may be secret. */
export function traced(engine: Engine, tell: (text: string) => void): Engine {
  const timed = async <Result>(name: string, action: () => Promise<Result>): Promise<Result> => {
    const startedMs = performance.now();
    try {
      return await action();
    } finally {
      tell(`${Math.round(performance.now() - startedMs)} ms: ${name}`);
    }
  };
  return {
    dialect: engine.dialect,
    workDirectory: engine.workDirectory,
    execute: (statement) => timed(bare(statement), () => engine.execute(statement)),
    query: (statement) => timed(bare(statement), () => engine.query(statement)),
    append: (table, batches) => timed(`append to ${table}`, () => engine.append(table, batches)),
    lock: (paths) => engine.lock(paths),
    progress: () => engine.progress(),
    interrupt: () => engine.interrupt(),
    close: () => engine.close(),
  };
}

function bare({ text }: Sql): string {
  const statement = text
    .replace(/'(?:[^']|'')*'/g, "'…'")
    .replace(/\s+/g, ' ')
    .trim();
  return statement.length > longestStatement ? `${statement.slice(0, longestStatement)}…` : statement;
}
