import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Outputs } from '../../src/cli/output.ts';
import { personas, writeNetwork } from '../support/network.ts';
import { withDirectory } from '../support/world.ts';
import { stillhunt } from './streams.ts';

describe('outputs', () => {
  it('stand in their place only after all of them are written', async () => {
    await withDirectory(async (directory) => {
      const outputs = new Outputs(false);
      const first = await outputs.add(join(directory, 'a.json'));
      const second = await outputs.add(join(directory, 'b.json'));
      await first.write('one ');
      await first.write('two');
      expect(existsSync(join(directory, 'a.json'))).toBe(false);
      await second.write('three');
      await outputs.commit();
      await outputs.discard();
      expect(readdirSync(directory).sort()).toEqual(['a.json', 'b.json']);
      expect(readFileSync(join(directory, 'a.json'), 'utf8')).toBe('one two');
    });
  });

  it('leave no trace when they are discarded', async () => {
    await withDirectory(async (directory) => {
      writeFileSync(join(directory, 'a.json'), 'old');
      const outputs = new Outputs(true);
      await (await outputs.add(join(directory, 'a.json'))).write('half');
      await outputs.discard();
      expect(readdirSync(directory)).toEqual(['a.json']);
      expect(readFileSync(join(directory, 'a.json'), 'utf8')).toBe('old');
    });
  });

  it('never take the place of a file without leave, of another output, of a directory or of an input', async () => {
    await withDirectory(async (directory) => {
      const log = join(directory, 'log.csv');
      writeFileSync(log, 'timestamp');
      mkdirSync(join(directory, 'd.json'));
      await expect(new Outputs(false).add(log)).rejects.toThrow(/exists already/);
      await expect(new Outputs(true).add(join(directory, 'd.json'))).rejects.toThrow(/no regular file/);
      const outputs = new Outputs(true);
      await outputs.add(join(directory, 'a.json'));
      await expect(outputs.add(join(directory, '.', 'a.json'))).rejects.toThrow(/output twice/);
      symlinkSync(log, join(directory, 'link.csv'));
      await outputs.add(join(directory, 'link.csv'));
      await expect(outputs.refuse([log])).rejects.toThrow(/input as well/);
      await outputs.discard();
      expect(readdirSync(directory).sort()).toEqual(['d.json', 'link.csv', 'log.csv']);
    });
  });

  it('never replace a file that a scan reads beside the log, except the baseline', async () => {
    await withDirectory(async (directory) => {
      const [log, joined, run] = ['log.csv', 'users.csv', 'run.json'].map((name) => join(directory, name));
      writeNetwork(log ?? '', personas());
      writeFileSync(joined ?? '', 'account_id,plan\nmember-1,pro\n');
      const refused = await stillhunt([log ?? '', '--join', joined ?? '', '--rejects', joined ?? '', '--force']);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('users.csv is an input as well');
      expect(readFileSync(joined ?? '', 'utf8')).toContain('member-1,pro');
      const first = await stillhunt([log ?? '', '-o', run ?? '', '--fail-on', 'high']);
      const second = await stillhunt([
        log ?? '',
        '--baseline',
        run ?? '',
        '-o',
        run ?? '',
        '--force',
        '--fail-on',
        'high',
      ]);
      expect([first.code, second.code]).toEqual([1, 0]);
      expect(JSON.parse(readFileSync(run ?? '', 'utf8'))).toMatchObject({
        exitCode: 0,
        exitReason: 'nothing new at or above high',
      });
    });
  });

  it('overwrite what a link leads to, not the link', async () => {
    await withDirectory(async (directory) => {
      writeFileSync(join(directory, 'real.json'), 'old');
      symlinkSync(join(directory, 'real.json'), join(directory, 'link.json'));
      const outputs = new Outputs(true);
      await (await outputs.add(join(directory, 'link.json'))).write('new');
      await outputs.commit();
      expect(readFileSync(join(directory, 'real.json'), 'utf8')).toBe('new');
    });
  });

  it.skipIf(process.getuid?.() === 0)('are refused at once where nothing may be written', async () => {
    await withDirectory(async (directory) => {
      chmodSync(directory, 0o500);
      await expect(new Outputs(false).add(join(directory, 'a.json'))).rejects.toThrow(/cannot be written/);
      chmodSync(directory, 0o700);
    });
  });
});
