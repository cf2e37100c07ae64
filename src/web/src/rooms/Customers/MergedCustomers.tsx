import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import css from './CustomerPage.module.css';
import { customerOptions, nameOf, type Customer } from './customers.ts';
import en from './texts.en.ts';

/** Who was merged into this customer; each can be taken out again, with what they ordered since. */
export function MergedCustomers({ customer }: { customer: Customer }) {
  const t = useTexts(en);
  if (customer.merged.length === 0) return null;
  return (
    <Section isSide title={t('merged')}>
      <ul className={css.plain}>
        {customer.merged.map((id) => (
          <Merged key={id as string} id={id as string} />
        ))}
      </ul>
    </Section>
  );
}

function Merged({ id }: { id: string }) {
  const t = useTexts(en);
  const may = useMay();
  const { data } = useQuery(customerOptions(id));
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="sy-row sy-row-wrap sy-spread">
      <bdi>{data ? nameOf(data) : id}</bdi>
      {data && may('customers:write') && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen(true)} aria-label={t('unmerge.of', { name: nameOf(data) })}>
          {t('unmerge')}
        </Button>
      )}
      {data && isOpen && <UnmergeCustomer customer={data} onClose={() => setOpen(false)} />}
    </li>
  );
}

export function UnmergeCustomer({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useTexts(en);
  const { number } = useFormat();
  const queries = useQueryClient();
  const unmerge = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/customers/{id}/unmerge', { params: { path: { id: customer.id } }, body: {} })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['customers'] });
      notify(t('unmerge.done', { name: nameOf(customer) }));
      onClose();
    },
  });
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('unmerge.who', { name: nameOf(customer) })}
      rows={[
        { what: nameOf(customer), now: t('unmerge.now'), after: t('unmerge.after') },
        { what: t('orders'), now: t('unmerge.counted'), after: customer.history ? t('unmerge.own', { n: number(customer.history.orders) }) : t('unmerge.theirs') },
      ]}
      confirm={t('unmerge')}
      onConfirm={() => unmerge.mutate()}
      isPending={unmerge.isPending}
      error={unmerge.error}
    />
  );
}
