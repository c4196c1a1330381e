import { z } from 'zod';
import { templateColumns } from '../../model/column.ts';
import { count } from '../../util/text.ts';
import type { Detector } from '../detector.ts';
import { sharedColumns } from '../shared-column.ts';

export const sharedTemplate: Detector = {
  id: 'shared-template',
  title: 'Several accounts send the same rare system prompt, template or tool set',
  family: 'content',
  rationale:
    'A harvest runs a few prompt templates over all its accounts. Popular products do the same over thousands of unrelated ' +
    'customers, so a template counts by how few others use it.',
  params: z.object({}),
  needs: [templateColumns],
  fewestQueries: 2,
  comesWithProduct: true,
  evidence: async (context) => sharedColumns(context, templateColumns),
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} send ${count(facts.values, 'shared template or tool set', 'shared templates and tool sets')} ` +
    `in ${count(facts.queries, 'query', 'queries')}` +
    (facts.outsiders === 0
      ? '; nobody else sends them'
      : `, as ${facts.outsiders === 1 ? 'does' : 'do'} ${count(facts.outsiders, 'outside account')}`),
  innocentCauses: [
    'a product, plug-in or course whose users all send the same system prompt',
    'a vendor that runs one bot for many clients',
  ],
};
