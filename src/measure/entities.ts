import { join, nothing, type Sql, sql } from '../engine/sql.ts';

/** Mail providers that anybody can join: a shared domain there declares nothing. */
const publicMailDomains = [
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'proton.me',
  'protonmail.com',
  'gmx.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  'mail.com',
  'mail.ru',
  'yandex.ru',
  'yandex.com',
  'qq.com',
  '163.com',
  '126.com',
  'foxmail.com',
  'naver.com',
  'daum.net',
  'zoho.com',
  'fastmail.com',
  'tutanota.com',
];

/**
 * The declared entity of each row of `numbered`, as the smallest account number in it: all accounts of one organisation;
 * else all accounts of one corporate mail domain that one card, and no other, pays for; else the account alone.
 */
export function declaredEntity(features: ReadonlySet<string>): Sql {
  const organisation = features.has('org_id')
    ? sql`CASE WHEN org_id IS NOT NULL THEN min(account) OVER (PARTITION BY org_id) END, `
    : nothing;
  const domain =
    features.has('email_domain') && features.has('first_payment')
      ? sql`CASE WHEN email_domain NOT IN (${join(publicMailDomains.map((name) => sql`${name}`))})
            AND min(first_payment) OVER (PARTITION BY email_domain) = max(last_payment) OVER (PARTITION BY email_domain)
            AND (first_payment IS NULL OR min(email_domain) OVER (PARTITION BY first_payment)
              = max(email_domain) OVER (PARTITION BY first_payment))
          THEN min(account) OVER (PARTITION BY email_domain) END, `
      : nothing;
  return sql`coalesce(${organisation}${domain}account)`;
}
