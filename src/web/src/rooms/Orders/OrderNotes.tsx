import { ActionIcon, Button, Checkbox, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { IconPin, IconTrash } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useActorName } from '@house/useActorName.ts';
import { mentionsIn, partsOf } from './mentions.ts';
import css from './OrderNotes.module.css';
import type { Order } from './orders.ts';
import en from './texts.en.ts';
import { useMention } from './useMention.ts';

type Note = Schema['NoteView'];

/** What people say about the order. `@name` tells that person. */
export function OrderNotes({ order, mayWrite }: { order: Order; mayWrite: boolean }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const nameOf = useActorName();
  const [body, setBody] = useState('');
  const [isForCustomer, setForCustomer] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const offersId = useId();
  const mention = useMention(body, setBody, field);
  const at = { path: { id: order.id } };
  const { data } = useQuery({
    queryKey: ['orders', order.id, 'notes'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/orders/{id}/notes', { params: at, signal })),
  });
  const again = () => queries.invalidateQueries({ queryKey: ['orders', order.id] });
  const add = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/orders/{id}/notes', { params: at, body: { body, isForCustomer, mentions: mentionsIn(body) } })),
    onSuccess: () => {
      setBody('');
      setForCustomer(false);
      void again();
    },
  });
  const change = useMutation({
    mutationFn: ({ note, isPinned }: { note: Note; isPinned: boolean }) =>
      ask(
        api.PUT('/api/v1/orders/{id}/notes/{note}', {
          params: { path: { id: order.id, note: note.note } },
          body: { body: note.body, isForCustomer: note.isForCustomer, isPinned, mentions: note.mentions },
        }),
      ),
    onSuccess: again,
  });
  const remove = useMutation({
    mutationFn: (note: Note) => ask(api.DELETE('/api/v1/orders/{id}/notes/{note}', { params: { path: { id: order.id, note: note.note } } })),
    onSuccess: (_, note) => {
      notify(t('notes.removed'), () =>
        ask(api.POST('/api/v1/orders/{id}/notes', { params: at, body: { body: note.body, isForCustomer: note.isForCustomer, isPinned: note.isPinned, mentions: note.mentions } })).then(again),
      );
      void again();
    },
  });
  const notes = data?.data ?? [];
  return (
    <Section isSide title={t('notes')} beside={notes.length > 0 ? notes.length : undefined}>
      <ul className={css.notes}>
        {notes.map((note) => (
          <li key={note.note} className={css.note} data-pinned={note.isPinned || undefined}>
            <p className={css.body} dir="auto">
              {partsOf(note.body, note.mentions).map((part, i) => (part.isMention ? <strong key={i}>{part.text}</strong> : part.text))}
            </p>
            <div className="sy-row sy-meta">
              <span>{nameOf(note.author)}</span>
              <When at={note.createdAt} />
              {note.isForCustomer && <Status tone="progress">{t('notes.forCustomer')}</Status>}
              {mayWrite && (
                <span className={css.acts}>
                  <ActionIcon size={24} aria-label={note.isPinned ? t('notes.unpin') : t('notes.pin')} aria-pressed={note.isPinned} onClick={() => change.mutate({ note, isPinned: !note.isPinned })}>
                    <IconPin size={14} aria-hidden />
                  </ActionIcon>
                  <ActionIcon size={24} aria-label={t('notes.remove')} onClick={() => remove.mutate(note)}>
                    <IconTrash size={14} aria-hidden />
                  </ActionIcon>
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
      {mayWrite && (
        <form
          className="sy-stack"
          onSubmit={(e) => {
            e.preventDefault();
            add.mutate();
          }}
        >
          <Textarea
            ref={field}
            aria-label={t('notes.add')}
            aria-autocomplete="list"
            aria-controls={offersId}
            aria-activedescendant={mention.offers.length > 0 ? `${offersId}-${mention.chosen}` : undefined}
            placeholder={t('notes.hint')}
            value={body}
            onChange={(e) => {
              setBody(e.currentTarget.value);
              mention.moved(e.currentTarget.selectionStart);
            }}
            onBlur={mention.shut}
            onKeyDown={(e) => {
              if (mention.press(e)) return;
              if (e.key === 'Enter' && (e.ctrlKey || e.metaKey) && body.trim()) add.mutate();
            }}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={4000}
          />
          <ul className={css.offers} id={offersId} role="listbox" aria-label={t('notes.whom')} hidden={mention.offers.length === 0}>
            {mention.offers.map((c, i) => (
              // The field keeps focus and has the keys; this is for the pointer.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events
              <li
                key={c.id}
                id={`${offersId}-${i}`}
                role="option"
                aria-selected={i === mention.chosen}
                className={css.offer}
                onMouseDown={(e) => e.preventDefault()}
                onClick={() => mention.take(c)}
              >
                <bdi>{c.displayName}</bdi> <bdi className="sy-muted">@{c.userName}</bdi>
              </li>
            ))}
          </ul>
          {body.trim() !== '' && (
            <div className="sy-row sy-spread sy-row-wrap">
              <Checkbox label={t('notes.show')} checked={isForCustomer} onChange={(e) => setForCustomer(e.currentTarget.checked)} />
              <Button type="submit" variant="default" loading={add.isPending}>
                {t('notes.add')}
              </Button>
            </div>
          )}
          <ProblemAlert error={add.error ?? remove.error ?? change.error} />
        </form>
      )}
    </Section>
  );
}
