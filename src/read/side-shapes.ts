import { z } from 'zod';
import { declaredKeys } from '../model/side-tables.ts';
import type { TableShape } from '../util/small-table.ts';

/** A side table: its shape, and the texts of each row as columns of a relation. */
export interface SideShape extends TableShape<Readonly<Record<string, string | undefined>>> {
  readonly relation: string;
}

const account = ['account_id', 'account', 'customer_id', 'customer', 'user_id', 'user', 'client_id', 'uid', 'id'];
const key = ['api_key_id', 'api_key', 'key_id', 'api_key_hash', 'virtual_key', 'token_id'];
const organisation = ['org_id', 'organization_id', 'organisation_id', 'org', 'organization', 'team_id', 'workspace_id'];
const payment = [
  'payment_id',
  'payer',
  'payment',
  'payment_fingerprint',
  'card_fingerprint',
  'payment_method_id',
  'stripe_customer',
  'stripe_customer_id',
  'billing_id',
];
const mail = ['email_domain', 'mail_domain', 'domain', 'email', 'user_email', 'email_address', 'mail'];

const text = z.string().optional();
const instant = (what: string) => z.string().regex(/\d/, `expected ${what}: ISO 8601, a date, or a number since 1970`);

/** Only the domain of a mail address comes in. */
const domain = z
  .string()
  .transform((value) => value.slice(value.lastIndexOf('@') + 1).toLowerCase())
  .optional();

const noKey = { error: 'expected an account id', path: ['account_id'] };

export const joinShape: SideShape = {
  relation: 'side_joined',
  row: z
    .object({
      account_id: text,
      api_key_id: text,
      org_id: text,
      payment_id: text,
      email_domain: domain,
      account_created_at: z.union([z.literal(''), instant('when the account was created')]).optional(),
      account_type: text,
      account_status: text,
      inviter_id: text,
    })
    .refine((row) => (row.account_id ?? '') !== '' || (row.api_key_id ?? '') !== '', noKey),
  columns: {
    account_id: account,
    api_key_id: key,
    org_id: organisation,
    payment_id: payment,
    email_domain: mail,
    account_created_at: ['account_created_at', 'created_at', 'created', 'signup_time', 'signup_at', 'registered_at'],
    account_type: ['account_type', 'plan', 'tier', 'account_plan', 'group'],
    account_status: ['account_status', 'status', 'user_status', 'state'],
    inviter_id: ['inviter_id', 'inviter', 'invited_by', 'referrer_id', 'referrer', 'referred_by'],
  },
  required: [['account_id', 'api_key_id']],
  hint: 'accounts are CSV with account_id or api_key and what is known of each, such as payment_id,email,created_at,plan',
};

export const declaredShape: SideShape = {
  relation: 'side_declared',
  row: z
    .object({
      name: z.string().min(1, 'expected the name of the entity'),
      kind: text,
      account_id: text,
      org_id: text,
      email_domain: domain,
      payment_id: text,
    })
    .refine((row) => declaredKeys.some((name) => (row[name] ?? '') !== ''), {
      error: `expected one of ${declaredKeys.join(', ')}`,
      path: ['account_id'],
    }),
  columns: {
    name: ['name', 'entity', 'declared', 'owner'],
    kind: ['kind', 'type'],
    account_id: ['account_id', 'account', 'customer_id', 'user_id'],
    org_id: organisation,
    email_domain: mail,
    payment_id: payment,
  },
  required: [['name'], declaredKeys],
  hint: 'declared entities are CSV with name, kind and one of account_id, org_id, email_domain, payment_id',
};

export const bansShape: SideShape = {
  relation: 'side_bans',
  row: z.object({
    account_id: z.string().min(1, 'expected an account id'),
    banned_at: instant('when the account was banned'),
  }),
  columns: {
    account_id: account,
    banned_at: ['banned_at', 'banned', 'ban_date', 'suspended_at', 'terminated_at', 'date', 'time', 'timestamp'],
  },
  required: [['account_id'], ['banned_at']],
  hint: 'bans are CSV with account_id,banned_at',
};

export const releasesShape: SideShape = {
  relation: 'side_releases',
  row: z.object({
    model: z.string().min(1, 'expected the name of a model'),
    released_at: instant('when the model was released'),
  }),
  columns: {
    model: ['model', 'model_name', 'model_id', 'name'],
    released_at: ['released_at', 'released', 'release_date', 'date', 'available_at'],
  },
  required: [['model'], ['released_at']],
  hint: 'releases are CSV with model,released_at',
};
