import { z } from 'zod';
import { count } from '../../util/text.ts';
import type { Detector } from '../detector.ts';
import { sharedColumns } from '../shared-column.ts';

export const sharedAddress: Detector = {
  id: 'shared-address',
  title: 'Several accounts call from the same network addresses',
  family: 'network',
  rationale:
    'Networks send their accounts through pools of proxies, each used by many of them. Offices, campuses, mobile carriers ' +
    'and VPNs share addresses as well, so an address counts less the more unrelated accounts use it.',
  params: z.object({}),
  needs: [['ip']],
  fewestQueries: 2,
  evidence: async (context) => sharedColumns(context, ['ip']),
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} call from ${count(facts.values, 'shared address', 'shared addresses')}` +
    (facts.outsiders === 0
      ? ' that nobody else uses'
      : `, as ${facts.outsiders === 1 ? 'does' : 'do'} ${count(facts.outsiders, 'outside account')}`),
  innocentCauses: [
    'an office, campus or event behind one address',
    'a mobile carrier, VPN or cloud region whose addresses many customers share',
  ],
};
