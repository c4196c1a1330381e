import { z } from 'zod';
import { count } from '../../util/text.ts';
import type { Detector } from '../detector.ts';
import { sharedColumns } from '../shared-column.ts';

export const sharedPayment: Detector = {
  id: 'shared-payment',
  title: 'One payment instrument pays for several accounts',
  family: 'identity',
  rationale:
    'A card belongs to one person or firm. Networks buy cards in small batches and pay for several accounts with each; ' +
    'firms do so too, but say it through their organisation.',
  params: z.object({}),
  needs: [['payment_id']],
  fewestQueries: 1,
  evidence: async (context) => sharedColumns(context, ['payment_id']),
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} pay with ${count(facts.values, 'shared payment instrument')}` +
    (facts.outsiders === 0
      ? ' that nobody else uses'
      : `, as ${facts.outsiders === 1 ? 'does' : 'do'} ${count(facts.outsiders, 'outside account')}`),
  innocentCauses: [
    'a company, school or family that pays for its people with one card',
    'a reseller or consultant that pays for its clients',
  ],
};
