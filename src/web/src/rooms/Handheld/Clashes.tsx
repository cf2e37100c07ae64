import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { IconWarning } from '@house/icons.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { useMay } from '@house/session.tsx';
import css from './Handheld.module.css';
import type { Round } from './useRound.ts';
import en from './texts.en.ts';

/**
 * What was done here while the world went on: each with what to do with the goods. Whoever leads the node sees those of everybody and says for the house that
 * they are dealt with; a picker takes them off their own list.
 */
export function Clashes({ round, node }: { round: Round; node: string | null }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const leads = may('fulfilment:manage');
  const key = ['handheld', 'clashes', node, round.clashes.length];
  const all = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/pick-clashes', { params: { path: { code: node! }, query: { limit: 50 } }, signal })),
    enabled: leads && node !== null && !round.isOffline,
  });
  const settle = useMutation({
    mutationFn: (id: number) => ask(api.POST('/api/v1/pick-clashes/{id}/settle', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['handheld', 'clashes'] }),
  });
  const words = (code: string) => {
    const own = t.maybe(`clash.${code}`);
    return own === code.split('.').at(-1) ? t('clash.other') : own;
  };
  const others = (all.data?.data ?? []).filter((c) => !round.clashes.some((own) => own.at === c.at && own.about.sku === c.sku));
  if (round.clashes.length + others.length === 0) return <ProblemAlert error={all.error} what={t('clashesNot')} />;
  return (
    <section className={css.clashes} aria-label={t('clashes')}>
      <h2>
        <IconWarning size={20} aria-hidden /> {t('clashes')}
      </h2>
      <ul className={css.cards}>
        {round.clashes.map((c) => (
          <li key={c.id} className={css.clash}>
            <strong dir="auto">{c.about.name}</strong>
            <span className="sy-muted">{t('clashOf', { number: c.about.number, bin: c.about.bin ?? t('noBin') })}</span>
            <span>{words(c.code)}</span>
            <Button className={css.big!} variant="default" onClick={() => void round.settle(c.id)}>
              {t('settled')}
            </Button>
          </li>
        ))}
        {others.map((c) => (
          <li key={c.id} className={css.clash}>
            <strong className="sy-code">{c.sku}</strong>
            <span>{words(c.code)}</span>
            <Button className={css.big!} variant="default" loading={settle.isPending && settle.variables === Number(c.id)} onClick={() => settle.mutate(Number(c.id))}>
              {t('settled')}
            </Button>
          </li>
        ))}
      </ul>
      <ProblemAlert error={settle.error} what={t('settleNot')} />
    </section>
  );
}
