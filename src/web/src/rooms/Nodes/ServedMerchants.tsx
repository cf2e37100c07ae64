import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, ifMatch } from '@house/api/client.ts';
import { useSpeech, useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { Section } from '@house/parts/Section.tsx';
import { useMay, useSession } from '@house/session.tsx';
import { bodyOfNode } from './draft.ts';
import css from './NodePage.module.css';
import type { Node } from './nodes.ts';
import en from './texts.en.ts';

/** Which merchants of the house use a node. With one merchant there is nothing to say; to others than the house it is not told. */
export function ServedMerchants({ node }: { node: Node }) {
  const t = useTexts(en);
  const may = useMay();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { data } = useQuery({
    queryKey: ['nodes', node.code, 'merchants'],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/merchants', { params: { path: { code: node.code } }, signal })),
    enabled: may('access:manage'),
    retry: false,
  });
  const { session } = useSession();
  const { locale } = useSpeech();
  const serve = useMutation({
    // Amounts that are not shown are left as they are by the server.
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/nodes/{code}', {
          params: { path: { code: node.code } },
          body: { ...bodyOfNode(node, session.baseCurrency ?? 'GBP', locale), merchants: [chosen!] },
          headers: ifMatch(node.version),
        }),
      ),
    onSuccess: () => {
      notify(t('merchants.served', { code: node.code, merchant: nameOf(chosen) }));
      setChosen(null);
      setAsking(false);
      void queries.invalidateQueries({ queryKey: ['nodes', node.code] });
    },
  });
  const all = data?.data ?? [];
  const nameOf = (code: string | null) => all.find((m) => m.code === code)?.name ?? code ?? '';
  if (all.length < 2) return null;
  const served = all.filter((m) => m.isServed);
  const others = all.filter((m) => !m.isServed);
  return (
    <Section isSide title={t('merchants')}>
      <ul className={css.merchants}>
        {served.map((m) => (
          <li key={m.code}>
            <bdi>{m.name}</bdi> <span className="sy-muted">{m.code}</span>
          </li>
        ))}
      </ul>
      {others.length > 0 && may('nodes:write') && (
        <div className={css.serve}>
          <Select aria-label={t('merchants.another')} placeholder={t('merchants.another')} value={chosen} onChange={setChosen} data={others.map((m) => ({ value: m.code, label: m.name }))} searchable className="sy-grow" />
          <Button variant="default" disabled={chosen === null} onClick={() => setAsking(true)}>
            {t('merchants.serve')}
          </Button>
        </div>
      )}
      {isAsking && (
        <Consequences
          opened
          onClose={() => setAsking(false)}
          title={t('merchants.title', { code: node.code, merchant: nameOf(chosen) })}
          rows={[
            { what: t('merchants.orders', { merchant: nameOf(chosen) }), now: t('merchants.no'), after: t('merchants.yes') },
            { what: t('merchants.stock'), now: t('merchants.own'), after: t('merchants.own') },
          ]}
          confirm={t('merchants.go', { merchant: nameOf(chosen) })}
          onConfirm={() => serve.mutate()}
          isPending={serve.isPending}
          error={serve.error}
        />
      )}
    </Section>
  );
}
