import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Code } from '@house/parts/Code.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import type { Desk } from './desks.ts';
import en from './texts.en.ts';

/** Where the desk's app calls, and the secret by which its calls are known: shown once, when it is made. */
export function CallsDialog({ desk, onClose }: { desk: Desk; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/support-desks/{code}/call-secret', { params: { path: { code: desk.code } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['support-desks'] }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('callsOf', { name: desk.name })}
      size="var(--sy-dialog)"
      closeOnClickOutside={!make.data}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className="sy-stack">
        <p className="sy-muted">{t.maybe(`calls.${desk.adapter}`)}</p>
        <p>{t('calls.where')}</p>
        <Code>{desk.callUrl}</Code>
        <ProblemAlert error={make.error} />
        {make.data ? (
          <>
            <p role="status">{t('calls.made')}</p>
            <Code>{make.data.secret}</Code>
          </>
        ) : (
          <>
            {desk.takesCalls && <p>{t('calls.replaces')}</p>}
            <Button loading={make.isPending} onClick={() => make.mutate()}>
              {t('calls.new')}
            </Button>
          </>
        )}
      </div>
    </Modal>
  );
}
