import { TagsInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { orderOptions, type Order } from './orders.ts';
import { Tags } from './OrderRow.tsx';
import en from './texts.en.ts';

/** Tags, changed in place; each change can be taken back. */
export function OrderTags({ order, mayWrite }: { order: Order; mayWrite: boolean }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const { queryKey } = orderOptions(order.id);
  const send = (add: string[], remove: string[]) => ask(api.POST('/api/v1/orders/{id}/tags', { params: { path: { id: order.id } }, body: { add, remove } }));
  const change = useMutation({
    mutationFn: ({ add, remove }: { add: string[]; remove: string[] }) => send(add, remove),
    onMutate: ({ add, remove }) => {
      queries.setQueryData(queryKey, (now) => now && { ...now, tags: [...now.tags.filter((x) => !remove.includes(x)), ...add] });
    },
    onSuccess: (_, { add, remove }) => {
      notify(add.length > 0 ? t('tags.added', { tag: add.join(', ') }) : t('tags.removed', { tag: remove.join(', ') }), () =>
        send(remove, add).then(() => queries.invalidateQueries({ queryKey })),
      );
    },
    onSettled: () => void queries.invalidateQueries({ queryKey }),
  });
  return (
    <Section isSide title={t('column.tags')}>
      {mayWrite ? (
        <TagsInput
          aria-label={t('column.tags')}
          placeholder={order.tags.length === 0 ? t('tags.add') : ''}
          value={order.tags}
          onChange={(next) => {
            const add = next.filter((x) => !order.tags.includes(x));
            const remove = order.tags.filter((x) => !next.includes(x));
            if (add.length + remove.length > 0) change.mutate({ add, remove });
          }}
        />
      ) : (
        <Tags tags={order.tags} />
      )}
      <ProblemAlert error={change.error} what={t('tags.failed')} />
    </Section>
  );
}
