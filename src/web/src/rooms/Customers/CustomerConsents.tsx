import { Autocomplete, Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import css from './CustomerPage.module.css';
import type { Customer } from './customers.ts';
import en from './texts.en.ts';

type Consent = Schema['ConsentView'];
const purposes = ['marketing', 'reviews', 'profiling'];
const ways = ['email', 'sms', 'phone', 'post'];

/** What they agreed to, where they said so, and all they ever said. */
export function CustomerConsents({ customer }: { customer: Customer }) {
  const t = useTexts(en);
  const may = useMay();
  const [asked, setAsked] = useState<{ from: Consent | null } | null>(null);
  const [isAll, setAll] = useState(false);
  const history = useQuery({
    queryKey: ['customers', customer.id, 'consents'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/customers/{id}/consents', { params: { path: { id: customer.id }, query: { limit: 50 } }, signal })),
    enabled: isAll,
  });
  const mayWrite = may('customers:write') && !customer.mergedInto;
  const shown = isAll && history.data ? history.data.data : customer.consents;
  return (
    <Section
      isSide
      title={t('consent')}
      actions={
        mayWrite && (
          <Button size="compact-sm" variant="default" onClick={() => setAsked({ from: null })}>
            {t('consent.add')}
          </Button>
        )
      }
    >
      {customer.consents.length === 0 ? <p className="sy-muted">{t('noConsent')}</p> : (
        <ul className={css.plain}>
          {shown.map((c, i) => (
            <li key={`${c.purpose}${c.channel}${c.at}${i}`}>
              <div className="sy-row sy-row-wrap sy-spread">
                <bdi>{`${t.maybe(`purpose.${c.purpose}`)} · ${t.maybe(`way.${c.channel}`)}`}</bdi>
                <Status tone={c.isGiven ? 'good' : 'neutral'} isPlain>{t(c.isGiven ? 'given' : 'withdrawn')}</Status>
              </div>
              <div className="sy-row sy-row-wrap sy-spread sy-meta">
                <span>
                  <bdi>{c.source}</bdi> · <When at={c.at} as="date" />
                </span>
                {mayWrite && c.isGiven && !isAll && (
                  <Button size="compact-sm" variant="subtle" onClick={() => setAsked({ from: c })} aria-label={t('consent.withdrawOf', { purpose: t.maybe(`purpose.${c.purpose}`), way: t.maybe(`way.${c.channel}`) })}>
                    {t('consent.withdraw')}
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      <ProblemAlert error={history.error} />
      {customer.consents.length > 0 && (
        <div>
          <Button size="compact-sm" variant="subtle" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
            {t(isAll ? 'consent.newest' : 'consent.all')}
          </Button>
        </div>
      )}
      {asked && <NoteConsent customer={customer} from={asked.from} onClose={() => setAsked(null)} />}
    </Section>
  );
}

function NoteConsent({ customer, from, onClose }: { customer: Customer; from: Consent | null; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [purpose, setPurpose] = useState(from?.purpose ?? 'marketing');
  const [way, setWay] = useState(from?.channel ?? 'email');
  const [isGiven, setGiven] = useState(from === null);
  const [source, setSource] = useState('');
  const before = customer.consents.find((c) => c.purpose === purpose && c.channel === way);
  const save = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/customers/{id}/consents', { params: { path: { id: customer.id } }, body: { purpose, channel: way, isGiven, source: source.trim(), at: null } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['customers', customer.id] });
      notify(t('consent.done'));
      onClose();
    },
  });
  const faults = byField(save.error);
  const word = (given: boolean) => t(given ? 'given' : 'withdrawn');
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t(from ? 'consent.withdraw' : 'consent.add')}
      rows={[{ what: `${t.maybe(`purpose.${purpose}`)} · ${t.maybe(`way.${way}`)}`, now: before ? word(before.isGiven) : t('consent.never'), after: word(isGiven) }]}
      confirm={t('consent.save')}
      notYet={source.trim() === '' ? t('consent.needsSource') : null}
      onConfirm={() => save.mutate()}
      isPending={save.isPending}
      error={save.error}
    >
      {from === null && (
        <>
          <Autocomplete label={t('consent.purpose')} value={purpose} onChange={setPurpose} data={purposes} renderOption={({ option }) => t.maybe(`purpose.${option.value}`)} error={faults['purpose']} required />
          <Select label={t('consent.way')} value={way} onChange={(v) => setWay(v ?? 'email')} allowDeselect={false} data={[...new Set([...ways, way])].map((w) => ({ value: w, label: t.maybe(`way.${w}`) }))} error={faults['channel']} />
          <Select label={t('consent.said')} value={isGiven ? 'yes' : 'no'} onChange={(v) => setGiven(v !== 'no')} allowDeselect={false} data={[{ value: 'yes', label: t('given') }, { value: 'no', label: t('withdrawn') }]} />
        </>
      )}
      <TextInput label={t('consent.source')} description={t('consent.sourceText')} value={source} onChange={(e) => setSource(e.currentTarget.value)} error={faults['source']} required maxLength={200} data-autofocus />
    </Consequences>
  );
}
