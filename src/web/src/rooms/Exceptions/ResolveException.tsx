import { Button, Modal, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { byField } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { exceptionOf, type Item } from './attention.ts';
import css from './Exceptions.module.css';
import { useSaid } from '@house/words/useSaid.ts';
import en from './texts.en.ts';

/** Closes a trouble with a word on what was done about it. */
export function ResolveException({ item, label, onClose }: { item: Item; label: string; onClose: () => void }) {
  const t = useTexts(en);
  const said = useSaid();
  const queries = useQueryClient();
  const [resolution, setResolution] = useState('');
  const resolve = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/exceptions/{id}/resolve', { params: { path: { id: exceptionOf(item)! } }, body: { resolution } })),
    onSuccess: async () => {
      notify(t('resolved', { what: label }));
      onClose();
      await queries.invalidateQueries({ queryKey: ['attention'] });
    },
  });
  return (
    <Modal opened onClose={onClose} title={label} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className="sy-stack"
        onSubmit={(e) => {
          e.preventDefault();
          resolve.mutate();
        }}
      >
        <p dir="auto">{said(item.says, item.detail)}</p>
        <Textarea label={t('resolution')} description={t('resolution.why')} required value={resolution} onChange={(e) => setResolution(e.currentTarget.value)} error={byField(resolve.error)['resolution']} maxLength={500} autosize minRows={2} data-autofocus />
        <ProblemAlert error={resolve.error} shown={['/resolution']} />
        <div className={css.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('notNow')}
          </Button>
          <Button type="submit" loading={resolve.isPending}>
            {t('do.resolve')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
