import { Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { ApiError } from '@house/api/problem.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { DraftClash } from '@house/parts/DraftClash.tsx';
import { notify } from '@house/parts/notices.ts';
import { CustomerForm } from './CustomerForm.tsx';
import { customerOptions, nameOf, type Customer } from './customers.ts';
import { bodyOf, draftOf, type Draft } from './draft.ts';
import en from './texts.en.ts';

/** Changes a customer; somebody who was quicker is not written over. */
export function EditCustomer({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const [start] = useState(customer);
  const [wanted, setWanted] = useState<Draft>(() => draftOf(customer));
  const [theirs, setTheirs] = useState<Customer | null>(null);
  const save = useMutation({
    mutationFn: ({ draft, over }: { draft: Draft; over: Customer }) =>
      ask(api.PUT('/api/v1/customers/{id}', { params: { path: { id: start.id } }, body: bodyOf(draft, over), headers: ifMatch(over.version) })),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: ['customers'] });
      notify(t('saved', { name: nameOf(saved) }));
      onClose();
    },
    onError: (error) => {
      if (error instanceof ApiError && error.isClash) void queries.fetchQuery({ ...customerOptions(start.id), staleTime: 0 }).then(setTheirs, () => undefined);
    },
  });
  const isClash = save.error instanceof ApiError && save.error.isClash;
  if (isClash && theirs)
    return (
      <DraftClash
        of={['customers', start.id]}
        history={(signal) => ask(api.GET('/api/v1/customers/{id}/history', { params: { path: { id: start.id }, query: { limit: 10 } }, signal }))}
        nameOf={(field) => t.maybe(field === 'externalIds' ? 'numbers' : field)}
        start={draftOf(start)}
        draft={wanted}
        theirs={draftOf(theirs)}
        onDiscard={onClose}
        onReapply={(draft) => save.mutate({ draft, over: theirs })}
        isPending={save.isPending}
      />
    );
  return (
    <Modal opened onClose={onClose} title={t('edit.title', { name: nameOf(start) })} size="min(920px, 100%)" closeButtonProps={{ 'aria-label': t('close') }}>
      <CustomerForm
        start={wanted}
        confirm={t('save')}
        onSave={(draft) => {
          setWanted(draft);
          save.mutate({ draft, over: start });
        }}
        onBack={onClose}
        isPending={save.isPending}
        error={isClash ? null : save.error}
        isRelay={start.isRelay}
      />
    </Modal>
  );
}
