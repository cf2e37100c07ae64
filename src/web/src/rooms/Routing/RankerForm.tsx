import { Button, Checkbox, Modal, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { ApiError, byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import type { Ranker } from './rankers.ts';
import css from './Routing.module.css';
import { codeOf } from './strategy.ts';
import en from './texts.en.ts';

const leastMs = 50;
const mostMs = 2000;
const usualMs = 300;

/** Where a ranker is asked and how long orders wait for it. The code of a new one follows its name; strategies name it by that. */
export function RankerForm({ ranker, taken, onClose, onSaved }: { ranker: Ranker | null; taken: readonly Ranker[]; onClose: () => void; onSaved: (ranker: Ranker) => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [name, setName] = useState(ranker?.name ?? '');
  const [url, setUrl] = useState(ranker?.url ?? '');
  const [limit, setLimit] = useState<number | string>(ranker?.timeLimitMs ?? usualMs);
  const [isOn, setOn] = useState(ranker?.isOn ?? true);
  const [newSecret, setNewSecret] = useState(false);
  const code = ranker?.code ?? codeOf(name);
  const save = useMutation({
    mutationFn: () =>
      ask(api.PUT('/api/v1/routing/rankers/{code}', { params: { path: { code } }, body: { name: name.trim(), url: url.trim(), timeLimitMs: Number(limit), isOn, newSecret }, headers: ifMatch(ranker?.version ?? 0) })),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['routing'] });
      if (ranker) notify(t('rankers.saved', { name: saved.name }));
      onSaved(saved);
    },
  });
  const faults = byField(save.error);
  const isTaken = !ranker && (taken.some((r) => r.code === code) || (save.error instanceof ApiError && save.error.isClash));
  const fault = isTaken ? t('rankers.nameTaken') : name !== '' && code === '' ? t('nameLetters') : faults['name'];
  return (
    <Modal opened onClose={onClose} title={t(ranker ? 'rankers.change' : 'rankers.new')} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          if (code !== '' && !isTaken) save.mutate();
        }}
      >
        <TextInput label={t('name')} description={!ranker && code ? t('codeWillBe', { code }) : undefined} required maxLength={200} value={name} onChange={(e) => setName(e.currentTarget.value)} error={fault} data-autofocus />
        <TextInput label={t('rankers.url')} description={t('rankers.urlText')} type="url" required placeholder="https://" value={url} onChange={(e) => setUrl(e.currentTarget.value)} error={faults['url']} />
        <NumberInput label={t('rankers.limitLabel')} description={t('rankers.limitText')} required min={leastMs} max={mostMs} step={50} allowDecimal={false} value={limit} onChange={setLimit} error={faults['timeLimitMs']} />
        <Checkbox label={t('rankers.isOn')} description={t('rankers.isOnText')} checked={isOn} onChange={(e) => setOn(e.currentTarget.checked)} />
        {ranker && <Checkbox label={t('rankers.newSecret')} description={t('rankers.newSecretText')} checked={newSecret} onChange={(e) => setNewSecret(e.currentTarget.checked)} />}
        {!isTaken && <ProblemAlert error={save.error} shown={['/name', '/url', '/timeLimitMs']} />}
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>{t('back')}</Button>
          <Button type="submit" loading={save.isPending}>{t(ranker ? 'rankers.save' : 'rankers.make')}</Button>
        </div>
      </form>
    </Modal>
  );
}

/** The secret is told once: it cannot be closed by a slip. */
export function RankerSecret({ ranker, onClose }: { ranker: Ranker; onClose: () => void }) {
  const t = useTexts(en);
  return (
    <Modal opened onClose={onClose} title={t('rankers.made', { name: ranker.name })} size="var(--sy-dialog)" closeOnClickOutside={false} closeOnEscape={false} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <p>{t('rankers.madeText')}</p>
        <div className={css.secret}><Code>{ranker.secret ?? ''}</Code></div>
        <div className={css.buttons}><Button onClick={onClose}>{t('rankers.kept')}</Button></div>
      </div>
    </Modal>
  );
}

export function RankerDelete({ ranker, onClose }: { ranker: Ranker; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/routing/rankers/{code}', { params: { path: { code: ranker.code } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['routing'] });
      notify(t('rankers.deleted', { name: ranker.name }));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('rankers.deleteOf', { name: ranker.name })} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="sy-stack">
        <p>{t('rankers.deleteText')}</p>
        <ProblemAlert error={remove.error} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>{t('back')}</Button>
          <Button color="danger" loading={remove.isPending} onClick={() => remove.mutate()}>{t('rankers.delete')}</Button>
        </div>
      </div>
    </Modal>
  );
}
