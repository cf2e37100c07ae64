import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useActorName } from '@house/useActorName.ts';
import words from '@house/words/texts.en.ts';
import css from './OrderNotes.module.css';
import type { Order } from './orders.ts';
import en from './texts.en.ts';

type Contact = Schema['ContactView'];
type Kind = Contact['kind'];
type Medium = Contact['medium'];
const kinds = ['whereIsIt', 'change', 'complaint', 'other'] as const;
const media = ['phone', 'mail', 'chat', 'social', 'store', 'other'] as const;

/** What the customer asked about the order, and how; who answers notes it here. */
export function OrderContacts({ order, mayWrite }: { order: Order; mayWrite: boolean }) {
  const t = useTexts(en);
  const word = useTexts(words);
  const nameOf = useActorName();
  const [isNew, setNew] = useState(false);
  const { data } = useQuery({ queryKey: ['orders', order.id, 'contacts'], queryFn: ({ signal }) => ask(api.GET('/api/v1/orders/{id}/contacts', { params: { path: { id: order.id } }, signal })) });
  const contacts = data?.data ?? [];
  if (!mayWrite && contacts.length === 0) return null;
  return (
    <Section isSide title={t('contacts')} beside={contacts.length > 0 ? contacts.length : undefined} actions={mayWrite && <Button size="compact-sm" variant="default" onClick={() => setNew(true)}>{t('contacts.add')}</Button>}>
      {contacts.length > 0 && (
        <ul className={css.notes}>
          {contacts.map((c) => (
            <li key={c.contact} className={css.note}>
              <strong className={css.asked}>{word(`contact.${c.kind}`)}</strong>
              {c.note !== '' && <p className={css.body} dir="auto">{c.note}</p>}
              <div className="sy-row sy-row-wrap sy-meta">
                <span>{word(`medium.${c.medium}`)}</span>
                <span>{nameOf(c.madeBy)}</span>
                <When at={c.at} />
                {c.reference && <bdi className="sy-code">{c.reference}</bdi>}
              </div>
            </li>
          ))}
        </ul>
      )}
      {isNew && <NewContact order={order} onClose={() => setNew(false)} />}
    </Section>
  );
}

function NewContact({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(en);
  const word = useTexts(words);
  const queries = useQueryClient();
  const [kind, setKind] = useState<Kind>('whereIsIt');
  const [medium, setMedium] = useState<Medium>('phone');
  const [note, setNote] = useState('');
  const [reference, setReference] = useState('');
  const add = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/orders/{id}/contacts', { params: { path: { id: order.id } }, body: { kind, medium, note: note.trim() || null, reference: reference.trim() || null } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['orders', order.id] });
      notify(t('contacts.added'));
      onClose();
    },
  });
  const faults = byField(add.error);
  return (
    <Modal opened onClose={onClose} title={t('contacts.of', { number: order.number })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          add.mutate();
        }}
      >
        <NativeSelect data-autofocus label={t('contacts.kind')} value={kind} data={kinds.map((k) => ({ value: k, label: word(`contact.${k}`) }))} onChange={(e) => setKind(e.currentTarget.value as Kind)} error={faults['kind']} />
        <NativeSelect label={t('contacts.medium')} value={medium} data={media.map((m) => ({ value: m, label: word(`medium.${m}`) }))} onChange={(e) => setMedium(e.currentTarget.value as Medium)} error={faults['medium']} />
        <Textarea label={t('contacts.note')} value={note} onChange={(e) => setNote(e.currentTarget.value)} autosize minRows={2} maxRows={8} maxLength={10_000} error={faults['note']} />
        <TextInput label={t('contacts.reference')} description={t('contacts.reference.about')} value={reference} onChange={(e) => setReference(e.currentTarget.value)} maxLength={200} error={faults['reference']} />
        <ProblemAlert error={add.error} shown={['/kind', '/medium', '/note', '/reference']} />
        <div className="sy-row sy-spread">
          <Button variant="default" onClick={onClose}>{t('contacts.notNow')}</Button>
          <Button type="submit" loading={add.isPending}>{t('contacts.add')}</Button>
        </div>
      </form>
    </Modal>
  );
}
