import { join, type Sql, sql } from '../../engine/sql.ts';
import { pick, uniform } from '../draw.ts';
import type { World } from '../world.ts';

/** What people in a country write to a model in, more common languages more often. */
const ofCountry: Readonly<Record<string, readonly string[]>> = {
  US: ['en', 'en', 'en', 'en', 'en', 'en', 'en', 'en', 'en', 'en', 'es', 'es', 'zh', 'ar', 'ru', 'ko'],
  GB: ['en', 'en', 'en', 'en', 'en', 'en', 'en', 'en', 'fr', 'ar', 'hi', 'ru'],
  CA: ['en', 'en', 'en', 'en', 'fr', 'fr', 'zh', 'hi'],
  AU: ['en', 'en', 'en', 'en', 'en', 'zh', 'ko', 'ar'],
  IN: ['en', 'en', 'en', 'hi', 'hi'],
  DE: ['de', 'de', 'de', 'en', 'en', 'ru', 'ar'],
  BR: ['pt', 'pt', 'pt', 'pt', 'en', 'es'],
  FR: ['fr', 'fr', 'fr', 'en', 'ar'],
  KR: ['ko', 'ko', 'ko', 'en'],
  SG: ['en', 'zh', 'zh'],
  JP: ['en', 'en', 'zh'],
  PL: ['en', 'en', 'ru', 'de'],
};

/** Writers of some mail services, whatever their country. */
const ofMail: Readonly<Record<string, string>> = { 'qq.com': 'zh', 'mail.ru': 'ru', 'gmx.de': 'de' };

/** The language in which an account writes, by its country and mail domain. */
export function languageOf(world: World): Sql {
  const choice = uniform(sql`hash(${world.seed}::INTEGER, 'language', kind, g, m)`);
  const mail = Object.entries(ofMail).map(
    ([domain, language]) =>
      sql`WHEN actors.mail_domain = ${domain} AND ${uniform(sql`hash(${world.seed}::INTEGER, 'writes', kind, g, m)`)} < 0.6 THEN ${language}`,
  );
  const countries = Object.entries(ofCountry).map(
    ([country, languages]) => sql`WHEN actors.country = ${country} THEN ${pick(choice, languages)}`,
  );
  return sql`CASE ${join([...mail, ...countries], ' ')} ELSE 'en' END`;
}
