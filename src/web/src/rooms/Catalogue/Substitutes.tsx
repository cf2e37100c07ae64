import { ActionIcon, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { IconChevronUp, IconTrash } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { Status } from '@house/parts/Status.tsx';
import { pageOf } from './product.ts';
import { ProductField } from './ProductField.tsx';
import css from './Substitutes.module.css';
import en from './texts.en.ts';

/** What may be given instead when it is not on the shelf, the best first. Shown to whoever may change it, and where there is something. */
export function Substitutes({ sku, mayChange }: { sku: string; mayChange: boolean }) {
  const t = useTexts(en);
  const queries = useQueryClient();
  const key = ['products', 'substitutes', sku];
  const [wish, setWish] = useState('');
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: ({ signal }) => ask(api.GET('/api/v1/products/{sku}/substitutes', { params: { path: { sku } }, signal })) });
  const write = useMutation({
    mutationFn: (skus: string[]) => ask(api.PUT('/api/v1/products/{sku}/substitutes', { params: { path: { sku } }, body: { skus } })),
    onSuccess: (answer) => {
      queries.setQueryData(key, answer);
      setWish('');
    },
  });
  const own = data?.substitutes ?? [];
  const skus = own.map((s) => s.sku);
  if (!error && (!data || (own.length === 0 && !mayChange))) return null;
  return (
    <Section title={t('instead')}>
      <p className="sy-muted">{t('instead.about')}</p>
      <ProblemAlert error={error} again={() => void refetch()} />
      <ol className={css.list} aria-label={t('instead')}>
        {own.map((s, i) => (
          <li key={s.sku} className={css.row}>
            <span className={css.words}>
              <Link to={pageOf(s.sku)} dir="auto">{s.name}</Link> <bdi className="sy-code sy-muted">{s.sku}</bdi>
              {!s.isActive && <Status tone="neutral" isPlain>{t('inactive')}</Status>}
              {!s.isTaxedAlike && <Status tone="warn" isPlain>{t('instead.otherTax')}</Status>}
            </span>
            {mayChange && (
              <span className={css.acts}>
                {i > 0 && (
                  <ActionIcon variant="subtle" size="lg" aria-label={t('instead.first', { sku: s.sku })} disabled={write.isPending} onClick={() => write.mutate([...skus.slice(0, i - 1), s.sku, skus[i - 1]!, ...skus.slice(i + 1)])}>
                    <IconChevronUp size={16} aria-hidden />
                  </ActionIcon>
                )}
                <ActionIcon variant="subtle" size="lg" aria-label={t('instead.remove', { sku: s.sku })} disabled={write.isPending} onClick={() => write.mutate(skus.filter((x) => x !== s.sku))}>
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              </span>
            )}
          </li>
        ))}
      </ol>
      {mayChange && (
        <form
          className={css.add}
          onSubmit={(e) => {
            e.preventDefault();
            if (wish.trim() !== '') write.mutate([...skus, wish.trim()]);
          }}
        >
          <ProductField label={t('instead.add')} value={wish} onChange={setWish} />
          <Button type="submit" variant="default" disabled={wish.trim() === ''} loading={write.isPending}>
            {t('instead.addIt')}
          </Button>
        </form>
      )}
      <ProblemAlert error={write.error} what={t('instead.notWritten')} />
    </Section>
  );
}
