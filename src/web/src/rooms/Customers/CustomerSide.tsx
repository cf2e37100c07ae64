import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { Money } from '@house/parts/Money.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { CustomerConsents } from './CustomerConsents.tsx';
import css from './CustomerPage.module.css';
import type { Customer } from './customers.ts';
import { MergedCustomers } from './MergedCustomers.tsx';
import en from './texts.en.ts';

/** How to reach them, where they live, what they agreed to. */
export function CustomerSide({ customer }: { customer: Customer }) {
  const t = useTexts(en);
  const { locale } = useSpeech();
  const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  return (
    <aside className={css.side} aria-label={t('side')}>
      <Section isSide title={t('contact')}>
        <FieldList
          fields={[
            [t('email'), customer.email && <a href={`mailto:${customer.email}`}>{customer.email}</a>],
            [t('relay'), customer.isRelay && t('relay.text')],
            [t('otherEmails'), customer.otherEmails.join(', ')],
            [t('phone'), customer.phone && <a href={`tel:${customer.phone}`} dir="ltr">{customer.phone}</a>],
            [t('language'), customer.language && languages.of(customer.language)],
            [t('vatNumber'), customer.vatNumber && <Code>{customer.vatNumber}</Code>],
            [t('substitutes'), customer.allowSubstitutes == null ? null : t(customer.allowSubstitutes ? 'substitutes.yes' : 'substitutes.no')],
            [t('since'), <When key="since" at={customer.createdAt} as="date" />],
            [t('tags'), customer.tags.join(', ')],
          ]}
        />
      </Section>
      {customer.contacts.length > 0 && (
        <Section isSide title={t('contacts')}>
          <ul className={css.plain}>
            {customer.contacts.map((c, i) => (
              <li key={i} dir="auto">
                {[c.name, c.role, c.email, c.phone].filter(Boolean).join(' · ')}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {customer.credit && (
        <Section isSide title={t('credit')}>
          <FieldList
            fields={[
              [t('limit'), <Money key="l" minor={customer.credit.limitMinor} currency={customer.credit.currency} />],
              [t('open'), <Money key="o" minor={customer.credit.openMinor} currency={customer.credit.currency} />],
              [t('due'), <Money key="d" minor={customer.credit.dueMinor} currency={customer.credit.currency} />],
              [t('terms'), customer.credit.termsDays !== null && t('termDays', { n: customer.credit.termsDays })],
            ]}
          />
        </Section>
      )}
      <Section isSide title={t('addresses')}>
        {customer.addresses.length === 0 ? <p className="sy-muted">{t('noAddresses')}</p> : (
          <ul className={css.plain}>
            {customer.addresses.map((a, i) => (
              <li key={i}>
                {(a.label || a.use) && <span className="sy-meta">{a.label || t.maybe(`use.${a.use}`)}</span>}
                <address className={css.address}>
                  {[a.name, a.company, a.line1, a.line2, [a.city, a.region, a.postcode].filter(Boolean).join(' '), a.country, a.phone].filter(Boolean).map((line, n) => (
                    <div key={n} dir="auto">{line}</div>
                  ))}
                </address>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <CustomerConsents customer={customer} />
      {customer.externalIds.length > 0 && (
        <Section isSide title={t('numbers')}>
          <ul className={css.plain}>
            {customer.externalIds.map((x) => (
              <li key={`${x.channel}:${x.id}`} className="sy-row sy-row-wrap">
                <bdi className="sy-muted">{x.channel}</bdi>
                {x.id && <Code>{x.id}</Code>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <MergedCustomers customer={customer} />
    </aside>
  );
}
