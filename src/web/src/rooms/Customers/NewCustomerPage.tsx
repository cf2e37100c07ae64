import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { PageHead } from '@house/parts/PageHead.tsx';
import { CustomerForm } from './CustomerForm.tsx';
import css from './CustomerForm.module.css';
import { nameOf } from './customers.ts';
import { bodyOf, emptyDraft, type Draft } from './draft.ts';
import en from './texts.en.ts';

/** Somebody who is known before their first order. */
export default function NewCustomerPage() {
  const t = useTexts(en);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: (draft: Draft) => ask(api.POST('/api/v1/customers', { body: bodyOf(draft, null) })),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['customers'] });
      notify(t('made', { name: nameOf(made) }));
      void navigate({ to: `/customers/${made.id}` });
    },
  });
  return (
    <>
      <PageHead title={t('new')} />
      <div className={css.page}>
        <CustomerForm start={emptyDraft} confirm={t('make')} onSave={(draft) => save.mutate(draft)} onBack={() => void navigate({ to: '/customers' })} isPending={save.isPending} error={save.error} />
      </div>
    </>
  );
}
