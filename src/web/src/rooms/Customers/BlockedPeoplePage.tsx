import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import css from './CustomerForm.module.css';
import en from './texts.en.ts';

/** Emails, numbers and addresses whose orders a person looks at first, whether they are a customer's or not. */
export default function BlockedPeoplePage() {
  const t = useTexts(en);
  const may = useMay();
  const actorName = useActorName();
  const queries = useQueryClient();
  const [isNew, setNew] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['blocked-people'],
    queryFn: ({ pageParam, signal }) => ask(api.GET('/api/v1/blocked-people', { params: { query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const remove = useMutation({
    mutationFn: (entry: string) => ask(api.DELETE('/api/v1/blocked-people/{entry}', { params: { path: { entry } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['blocked-people'] });
      notify(t('list.removed'));
    },
  });
  const entries = list.data?.pages.flatMap((p) => p.data);
  const mayWrite = may('customers:write');
  const add = mayWrite && <Button onClick={() => setNew(true)}>{t('list.add')}</Button>;
  return (
    <>
      <PageHead title={t('list.title')} actions={entries && entries.length > 0 && add} />
      <div className={`${css.page} sy-stack`}>
        <p className="sy-muted">
          {t('list.text')} <Link to="/customers" search={{ query: 'blocked:yes' } as never}>{t('list.customers')}</Link>
        </p>
        <ProblemAlert error={list.error ?? remove.error} />
        {entries?.length === 0 && <EmptyState kind="first" title={t('list.none')} text={t('list.noneText')} action={add} />}
        {entries && entries.length > 0 && (
          <ul className={css.list} aria-label={t('list.title')}>
            {entries.map((entry) => (
              <li key={entry.id}>
                <div className={css.what}>
                  <bdi className="sy-strong">{entry.key}</bdi> <span className="sy-muted">{t.maybe(`list.kind.${entry.kind}`)}</span>
                  <div dir="auto">{entry.reason}</div>
                  <div className="sy-meta">
                    {actorName(entry.actor)}, <When at={entry.at} />
                  </div>
                </div>
                {mayWrite && (
                  <Button size="compact-sm" variant="default" loading={remove.isPending && remove.variables === entry.id} onClick={() => remove.mutate(entry.id)} aria-label={t('list.removeThis', { key: entry.key })}>
                    {t('list.remove')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <div>
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('list.more')}
            </Button>
          </div>
        )}
      </div>
      {isNew && <AddEntry onClose={() => setNew(false)} />}
    </>
  );
}

type Kind = 'email' | 'phone' | 'address';

function AddEntry({ onClose }: { onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [kind, setKind] = useState<Kind>('email');
  const [draft, setDraft] = useState({ email: '', phone: '', country: '', postcode: '', line1: '', reason: '' });
  const save = useMutation({
    mutationFn: () => {
      const { email, phone, country, postcode, line1, reason } = draft;
      const none = { email: null, phone: null, country: null, postcode: null, line1: null };
      const of = kind === 'email' ? { email } : kind === 'phone' ? { phone, country: country || null } : { postcode, line1 };
      return ask(api.POST('/api/v1/blocked-people', { body: { ...none, ...of, reason } }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['blocked-people'] });
      notify(t('list.added'));
      onClose();
    },
  });
  const faults = byField(save.error);
  const field = (name: keyof typeof draft) => ({ value: draft[name], error: faults[name], onChange: (e: { currentTarget: { value: string } }) => setDraft({ ...draft, [name]: e.currentTarget.value }), autoComplete: 'off' });
  return (
    <Modal opened onClose={onClose} title={t('list.add')} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          save.mutate();
        }}
      >
        <Select label={t('list.what')} value={kind} onChange={(v) => setKind(v as Kind)} allowDeselect={false} data={(['email', 'phone', 'address'] as const).map((k) => ({ value: k, label: t(`list.kind.${k}`) }))} />
        {kind === 'email' && <TextInput label={t('email')} type="email" required {...field('email')} data-autofocus />}
        {kind === 'phone' && (
          <>
            <TextInput label={t('phone')} type="tel" required {...field('phone')} />
            <TextInput label={t('list.country')} description={t('list.countryText')} maxLength={2} {...field('country')} />
          </>
        )}
        {kind === 'address' && (
          <>
            <TextInput label={t('address.postcode')} required {...field('postcode')} />
            <TextInput label={t('address.line1')} required {...field('line1')} />
          </>
        )}
        <TextInput label={t('reason')} required maxLength={500} {...field('reason')} />
        <ProblemAlert error={save.error} shown={['/email', '/phone', '/country', '/postcode', '/line1', '/reason']} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('back')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('list.block')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
