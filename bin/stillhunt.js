#!/usr/bin/env node
// Node ends with 1 on an uncaught error, which here would mean that something was found.
process.on('uncaughtException', (error) => {
  process.stderr.write(`stillhunt: this is a bug in stillhunt, please report it\n${error?.stack ?? error}\n`);
  process.exit(2);
});

const { main } = await import('../dist/cli/main.js');
const code = await main(process.argv.slice(2));
// What a signal has stopped may still hold standard input open, and with it the process.
if (code >= 128) process.exit(code);
process.exitCode = code;
