import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import css from './CustomerPage.module.css';
import en from './texts.en.ts';

/** What people who work here wrote about the customer. A note stays: it cannot be changed. */
export function CustomerNotes({ id }: { id: string }) {
  const t = useTexts(en);
  const may = useMay();
  const nameOfActor = useActorName();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const { data, error } = useQuery({
    queryKey: ['customers', id, 'notes'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/customers/{id}/notes', { params: { path: { id }, query: { limit: 50 } }, signal })),
  });
  const add = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/customers/{id}/notes', { params: { path: { id } }, body: { note: note.trim() } })),
    onSuccess: () => {
      setNote('');
      void queries.invalidateQueries({ queryKey: ['customers', id, 'notes'] });
    },
  });
  return (
    <Section title={t('notes')}>
      {error && <ProblemAlert error={error} />}
      {data?.data.length === 0 && !may('customers:write') && <p className="sy-muted">{t('noNotes')}</p>}
      {data && data.data.length > 0 && (
        <ul className={css.notes}>
          {data.data.map((n) => (
            <li key={n.at + n.author}>
              <p className={css.note} dir="auto">{n.note}</p>
              <span className="sy-row sy-meta">
                {nameOfActor(n.author)} <When at={n.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {may('customers:write') && (
        <form
          className="sy-stack"
          onSubmit={(e) => {
            e.preventDefault();
            if (note.trim()) add.mutate();
          }}
        >
          <Textarea
            aria-label={t('addNote')}
            placeholder={t('noteHint')}
            value={note}
            onChange={(e) => setNote(e.currentTarget.value)}
            onKeyDown={(e) => {
              if (e.key === 'Enter' && (e.ctrlKey || e.metaKey) && note.trim() && !add.isPending) add.mutate();
            }}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={2000}
          />
          <ProblemAlert error={add.error} what={t('noteNotSaved')} />
          {note.trim() !== '' && (
            <div>
              <Button type="submit" variant="default" loading={add.isPending}>{t('addNote')}</Button>
            </div>
          )}
        </form>
      )}
    </Section>
  );
}
