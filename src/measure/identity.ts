import { sql } from '../engine/sql.ts';
import type { FeatureFamily } from './family.ts';

/** Who an account says it is. Where a log gives several values for one account, the smallest text is taken. */
export const identity: FeatureFamily = {
  id: 'identity',
  features: [
    { name: 'org_id', needs: ['org_id'], aggregate: () => sql`min(org_id)` },
    { name: 'email_domain', needs: ['email_domain'], aggregate: () => sql`min(lower(email_domain))` },
    { name: 'first_payment', needs: ['payment_id'], aggregate: () => sql`min(payment_id)` },
    { name: 'last_payment', needs: ['payment_id'], aggregate: () => sql`max(payment_id)` },
    { name: 'account_type', needs: ['account_type'], aggregate: () => sql`min(account_type)` },
  ],
};
