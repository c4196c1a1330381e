import { z } from 'zod';
import type { Detector } from '../../link/detector.ts';
import { detectors } from '../../link/registry.ts';
import { wrap } from '../../report/wrap.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';

/** Lists the detectors from the objects that run. */
export async function listDetectors(flags: { json?: boolean }, terminal: Terminal): Promise<ExitCode> {
  const text =
    flags.json === true ? asJson() : detectors.map((detector) => asText(detector, terminal.width)).join('\n');
  await terminal.result(text);
  return exitCodes.finished;
}

function asJson(): string {
  const rows = detectors.map(({ id, title, family, rationale, needs, params, innocentCauses }) => ({
    id,
    title,
    family,
    rationale,
    needs,
    parameters: z.toJSONSchema(params, { io: 'input' }).properties ?? {},
    innocentCauses,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

function asText({ id, title, family, rationale, needs, params, innocentCauses }: Detector, width: number): string {
  const columns = needs.map((alternatives) => alternatives.join(' or ')).join(', ');
  const settings = Object.entries(params.shape).map(
    ([name, schema]) => `${name} = ${schema.def.defaultValue}: ${schema.description ?? ''}`,
  );
  return [
    `${id} (${family})`,
    ...wrap(title, width, '  '),
    ...wrap(rationale, width, '  '),
    ...wrap(`needs: ${columns}`, width, '  '),
    ...settings.flatMap((setting) => wrap(setting, width, '  ')),
    ...innocentCauses.flatMap((cause) => wrap(`innocent: ${cause}`, width, '  ')),
    '',
  ].join('\n');
}
