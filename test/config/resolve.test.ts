import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { resolveConfig } from '../../src/config/resolve.ts';
import { KnownError } from '../../src/util/errors.ts';

const detectors = [
  { id: 'shared-address', params: z.object({}) },
  {
    id: 'co-activity',
    params: z.object({ slotSeconds: z.number().int().min(1).default(300), minimumDays: z.number().default(3) }),
  },
];
const resolve = (raw: object) => resolveConfig(raw, detectors);

function failure(raw: object): string {
  try {
    resolve(raw);
  } catch (error) {
    if (error instanceof KnownError) return `${error.message}; ${error.hint}`;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('defaults', () => {
  it('need no option', () => {
    const config = resolve({});
    expect(config).toMatchObject({
      inputTimeZone: 'UTC',
      tolerant: false,
      maxRejectRate: 0.5,
      seed: 1,
    });
    expect(config.threads).toBeGreaterThan(0);
    expect(config.memoryLimit).toMatch(/^\d+MiB$/);
    expect(config.configHash).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe('options', () => {
  it('come as text or as numbers', () =>
    expect(resolve({ threads: '3', seed: 7, maxRejectRate: '0.25' })).toMatchObject({
      threads: 3,
      seed: 7,
      maxRejectRate: 0.25,
    }));

  it('map columns', () => {
    expect([...resolve({ map: ['account_id=user', 'ip=a=b'] }).map]).toEqual([
      ['account_id', 'user'],
      ['ip', 'a=b'],
    ]);
  });

  it.each([
    ['-co-activity', ['co-activity']],
    ['shared-address', ['co-activity']],
    ['+shared-address,-co-activity', ['co-activity']],
    ['-co-activity,+co-activity', []],
    ['', []],
  ])('switch detectors with %j', (text, disabled) =>
    expect([...resolve({ detectors: text }).disabledDetectors]).toEqual(disabled),
  );

  it('change parameters', () => {
    const { detectorParameters } = resolve({ param: ['co-activity.slotSeconds=60', 'co-activity.minimumDays=2'] });
    expect(detectorParameters.get('co-activity')).toEqual({ slotSeconds: 60, minimumDays: 2 });
  });
});

describe('what cannot be used is refused by name, with a hint', () => {
  it.each([
    [{ threads: 'abc' }, /--threads "abc": expected a whole number/],
    [{ threads: '0' }, /--threads "0"/],
    [{ threads: '1.5' }, /--threads/],
    [{ maxRejectRate: '' }, /--max-reject-rate "": expected a share from 0 to 1/],
    [{ maxRejectRate: '1.1' }, /--max-reject-rate/],
    [{ seed: '-1' }, /--seed "-1"/],
    [{ memoryLimit: '12' }, /--memory-limit "12": expected a size such as 4GB/],
    [{ memoryLimit: '0GB' }, /--memory-limit "0GB"/],
    [{ inputTz: 'Mars/Olympus' }, /--input-tz "Mars\/Olympus": no such time zone/],
    [{ inputTz: '+02:00' }, /IANA name/],
    [{ map: ['acount_id=user'] }, /did you mean account_id\?/],
    [{ map: ['account_id'] }, /canonical=source/],
    [{ map: ['ip=a', 'ip=b'] }, /ip is mapped to a already/],
    [{ detectors: '-shared-adress' }, /did you mean shared-address\?/],
    [{ detectors: 'zebra' }, /there is: shared-address, co-activity/],
    [{ detectors: '-shared-address,-co-activity' }, /no detector is left on/],
    [{ param: ['co-activity.slotSecond=1'] }, /did you mean slotSeconds\?/],
    [{ param: ['co-activty.slotSeconds=1'] }, /did you mean co-activity\?/],
    [{ param: ['shared-address.x=1'] }, /no parameter x; there is none/],
    [{ param: ['co-activity.slotSeconds='] }, /detector\.name=value/],
    [{ param: ['co-activity.slotSeconds=abc'] }, /abc is no number/],
    [{ param: ['co-activity.slotSeconds=0'] }, /--param co-activity\.slotSeconds=0/],
  ])('%j', (raw, message) => {
    expect(failure(raw)).toMatch(message);
    expect(failure(raw)).not.toMatch(/\n/);
  });
});

describe('the hash of the configuration', () => {
  const hash = (raw: object): string => resolve(raw).configHash;

  it.each([
    [{ seed: 2 }],
    [{ inputTz: 'Europe/Berlin' }],
    [{ tolerant: true }],
    [{ map: ['ip=a'] }],
    [{ detectors: '-co-activity' }],
    [{ param: ['co-activity.slotSeconds=60'] }],
    [{ profile: 'strict' }],
  ])('differs with %j, which can change the result', (raw) => expect(hash(raw)).not.toBe(hash({})));

  it.each([
    [{ threads: 1 }],
    [{ memoryLimit: '1GB' }],
    [{ tempDir: '/somewhere' }],
    [{ rejects: 'x.csv' }],
    [{ maxRejectRate: 0.1 }],
    [{ param: ['co-activity.slotSeconds=300'] }],
    [{ detectors: '+co-activity' }],
  ])('is the same with %j, which cannot', (raw) => expect(hash(raw)).toBe(hash({})));

  it('does not depend on the order of options', () => {
    expect(hash({ map: ['ip=a', 'asn=b'] })).toBe(hash({ map: ['asn=b', 'ip=a'] }));
    const settings = ['co-activity.slotSeconds=60', 'co-activity.minimumDays=2'];
    expect(hash({ param: settings })).toBe(hash({ param: settings.toReversed() }));
  });
});
