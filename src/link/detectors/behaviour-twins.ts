import { z } from 'zod';
import { sql } from '../../engine/sql.ts';
import { count } from '../../util/text.ts';
import { createTwins } from '../behaviour/agreement.ts';
import { createRegions } from '../behaviour/regions.ts';
import { createSubStreams, streamColumns } from '../behaviour/sub-streams.ts';
import type { Detector } from '../detector.ts';

const params = z.object({
  expectedFalseRegions: z
    .number()
    .positive()
    .default(0.01)
    .describe('crowded regions that chance may give, over all regions looked at'),
});

/**
 * Finds accounts whose calls of one kind (same model, endpoint and settings) have the same joint distribution of input and
 * output tokens within sampling noise, where far fewer accounts would if customers were independent.
 */
export const behaviourTwins: Detector = {
  id: 'behaviour-twins',
  title: 'Accounts whose calls have the same shape within sampling noise',
  family: 'shape',
  rationale:
    'The workers of one queue draw from one distribution of work; independent heavy customers differ by more than noise. ' +
    'Users of one product or one public benchmark can be alike as well, so a region counts less the more accounts sit in it.',
  params,
  needs: [['input_tokens'], ['output_tokens']],
  optional: streamColumns,
  fewestQueries: 1,
  comesWithProduct: true,
  async evidence(context, parameters) {
    const { expectedFalseRegions } = params.parse(parameters);
    await createSubStreams(context);
    await createRegions(context, expectedFalseRegions);
    await createTwins(context);
    return sql`
      WITH named AS (
        SELECT region, 'calls:' || trim(min(label)) || ', about ' || exp(avg(mean_input))::INTEGER || ' tokens in and '
          || exp(avg(mean_output))::INTEGER || ' out, region ' || region AS value
        FROM twins GROUP BY region HAVING count(DISTINCT entity) > 2)
      SELECT account, value, sum(queries) AS queries FROM twins JOIN named USING (region) GROUP BY ALL
      UNION ALL
      SELECT account, 'alone ' || account AS value, sum(queries) AS queries FROM sub_streams
      WHERE account NOT IN (SELECT account FROM twins JOIN named USING (region)) GROUP BY account`;
  },
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} send calls of the same shape within sampling noise ` +
    `(${count(facts.values, 'kind')} of work, ${count(facts.queries, 'query', 'queries')}), where independent customers differ` +
    (facts.outsiders === 0
      ? ''
      : `; so ${facts.outsiders === 1 ? 'does' : 'do'} ${count(facts.outsiders, 'outside account')}`),
  innocentCauses: ['users of one product with fixed prompts', 'a public benchmark that unrelated firms run'],
};
